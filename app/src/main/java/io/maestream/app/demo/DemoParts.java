package io.maestream.app.demo;

import io.maestream.schemas.client.KafkaSettings;
import java.util.OptionalLong;

/** What the demo runs besides broker and views; made when the broker's address is known. */
public interface DemoParts {
    /** Publishes images. */
    Worker source(KafkaSettings kafka);

    /** Prepares images. */
    Worker preparation(KafkaSettings kafka);

    /**
     * Trains on them.
     *
     * @param untilStep the step to stop at, or empty to go on
     */
    Training training(KafkaSettings kafka, OptionalLong untilStep);
}
