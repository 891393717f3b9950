/** The image files of a directory, once or as they appear, and the memory of those published. */
package io.maestream.ingest.source.directory;
