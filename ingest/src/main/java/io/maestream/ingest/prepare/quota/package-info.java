/** Decides how many images of a source are prepared. */
package io.maestream.ingest.prepare.quota;
