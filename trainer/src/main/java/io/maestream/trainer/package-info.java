/** The service that trains on a stream: TrainingLoop is the room to read first. */
package io.maestream.trainer;
