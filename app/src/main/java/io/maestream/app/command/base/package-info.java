/** What every command stands on: options, surroundings, exit codes, tables. */
package io.maestream.app.command.base;
