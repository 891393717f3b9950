/** A checkpoint's weights and descriptions as other libraries name them. */
package io.maestream.checkpoints.export;
