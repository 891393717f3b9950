/** Commands that train, demo included, and that tell a trainer what to do. */
package io.maestream.app.command.train;
