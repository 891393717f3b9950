/** Commands that show what goes on. */
package io.maestream.app.command.status;
