/** The Kafka Streams topology that watches the losses of runs and asks for checkpoints. */
package io.maestream.trainer.trigger;
