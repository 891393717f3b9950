/** When a checkpoint is due, what is in it, and the one transaction that commits it. */
package io.maestream.trainer.checkpoint;
