package io.maestream.app.command;

import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.Training;
import io.maestream.schemas.client.KafkaSettings;
import java.util.Map;
import java.util.OptionalLong;

/** Makes the trainer: the one place where the command line knows the service that trains. */
final class Trainings {
    /** Name of the run whose checkpoints are meant where no key says so. */
    static final String DEFAULT_RUN = "default";

    /** What a demo does differently from a service, where nobody set the key. */
    static final Map<String, String> DEMO_DEFAULTS = Map.of();

    private Trainings() {}

    /** The run's name. */
    static String runId(LoadedConfig config) {
        return DEFAULT_RUN;
    }

    /**
     * A trainer that has not begun.
     *
     * @param untilStep the step to stop at, or empty for what the configuration says
     */
    static Training open(LoadedConfig config, KafkaSettings kafka, OptionalLong untilStep) {
        throw new CommandFailure(ExitCode.UNEXPECTED, "This build contains no trainer");
    }
}
