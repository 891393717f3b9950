/** A checkpoint as files: manifest, digests, atomic publish, stores, retention. */
package io.maestream.checkpoints;
