/** Commands that prepare images, and look at sources and at what was rejected. */
package io.maestream.app.command.prepare;
