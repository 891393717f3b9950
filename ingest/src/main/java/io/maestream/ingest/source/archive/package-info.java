/** The images in a zip or tar archive, bounded, whose names never become paths. */
package io.maestream.ingest.source.archive;
