/** Commands that look at checkpoints. */
package io.maestream.app.command.checkpoints;
