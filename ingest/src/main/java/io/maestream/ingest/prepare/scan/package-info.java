/** Reads the structure of encoded images, in bounds, before a decoder sees them. */
package io.maestream.ingest.prepare.scan;
