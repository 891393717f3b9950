/** Procedural scenes that simulated cameras look at, drawn from shapes and paints. */
package io.maestream.ingest.source.scene;
