/**
 * From properties file, environment and command line to typed records; hides where a value came
 * from and finds all mistakes at once.
 */
package io.maestream.app.config;
