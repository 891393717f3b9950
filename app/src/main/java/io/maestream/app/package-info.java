/** The command line and the wiring of every module into one process. */
package io.maestream.app;
