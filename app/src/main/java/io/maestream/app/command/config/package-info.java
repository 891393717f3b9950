/** Commands that show and check the configuration. */
package io.maestream.app.command.config;
