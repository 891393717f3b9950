package io.maestream.app.command.train;

import io.maestream.app.Sections;
import io.maestream.app.Stores;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.Training;
import io.maestream.app.demo.WatchedTraining;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.trainer.TrainerParts;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.trigger.TriggerService;
import io.maestream.trainer.trigger.TriggerSettings;
import java.time.Clock;
import java.util.OptionalLong;

/** Makes the trainer: the one place where the command line knows the service that trains. */
final class Trainings {
    private Trainings() {}

    /** The run's name. */
    static String runId(LoadedConfig config) {
        return Sections.runId(config);
    }

    /**
     * A trainer that has not begun.
     *
     * @param untilStep the step to stop at, or empty for what the configuration says
     * @param dashboards told what it does, as are the others, besides the log and the topics
     */
    static Training open(
            LoadedConfig config,
            KafkaSettings kafka,
            OptionalLong untilStep,
            Dashboards dashboards,
            TrainingObserver... others) {
        TrainerSettings configured = config.get(Sections.TRAINER);
        TrainerSettings settings =
                untilStep.isPresent() ? configured.until(untilStep.getAsLong()) : configured;
        KafkaClients clients =
                new KafkaClients(kafka, config.get(Sections.TOPICS), dashboards.clients());
        TrainerService service =
                new TrainerService(
                        new TrainerParts(
                                settings,
                                clients,
                                Stores.open(config.get(Sections.STORE)),
                                dashboards.observersWith(others),
                                Clock.systemUTC()));
        TriggerSettings triggers = config.get(Sections.TRIGGER);
        Training training = training(service);
        return triggers.isEnabled()
                ? new WatchedTraining(
                        training, new TriggerService(clients, triggers, dashboards.triggers()))
                : training;
    }

    private static Training training(TrainerService service) {
        return new Training() {
            @Override
            public void run() {
                service.run();
            }

            @Override
            public void stop() {
                service.stop();
            }
        };
    }
}
