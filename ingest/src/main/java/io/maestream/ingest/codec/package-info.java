/** Encoded images to pixels and back. Hides OpenCV. */
package io.maestream.ingest.codec;
