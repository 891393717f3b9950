/** Commands that measure this machine. */
package io.maestream.app.command.bench;
