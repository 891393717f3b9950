/** The subcommands of {@code maestream}: options in, exit code out; hides picocli. */
package io.maestream.app.command;
