/**
 * Decides which images bring nothing new: exact repeats, and those that look like the one before.
 */
package io.maestream.ingest.prepare.repeat;
