/** The safetensors format, read and written in a stream. */
package io.maestream.checkpoints.safetensors;
