/** Detectors of what is worth a checkpoint: state and a loss in, state and verdict out. */
package io.maestream.trainer.trigger.detect;
