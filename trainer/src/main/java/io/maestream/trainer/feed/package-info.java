/**
 * From records of the stream to batches: intake, shuffle buffer, decoding, and the state that makes
 * it resumable.
 */
package io.maestream.trainer.feed;
