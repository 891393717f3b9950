package io.maestream.app.demo;

import io.maestream.trainer.trigger.TriggerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trainer with triggers beside it; should they fail, it goes on without. */
public final class WatchedTraining implements Training {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTraining.class);

    private final Training training;
    private final TriggerService triggers;

    /** Neither has begun. */
    public WatchedTraining(Training training, TriggerService triggers) {
        this.training = training;
        this.triggers = triggers;
    }

    @Override
    public void run() {
        Worker watching =
                new Worker("triggers", () -> ServiceRuns.watch(triggers), triggers::close);
        watching.ended()
                .whenComplete(
                        (nothing, failure) -> {
                            if (failure != null) {
                                LOG.warn("Training goes on without triggers");
                            }
                        });
        watching.start();
        try {
            training.run();
        } finally {
            watching.stop();
        }
    }

    @Override
    public void stop() {
        training.stop();
    }
}
