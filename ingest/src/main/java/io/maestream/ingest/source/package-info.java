/** Where images come from: directories, simulated cameras. */
package io.maestream.ingest.source;
