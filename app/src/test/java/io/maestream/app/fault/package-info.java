/** Processes that are killed, stopped and cut off, and what is left of the run afterwards. */
package io.maestream.app.fault;
