package io.maestream.app.metrics;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.Trigger;
import io.maestream.trainer.trigger.TriggerObserver;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/** Meters the Kafka clients of triggers; all else goes on to another observer. */
public record MeteredTriggers(ClientMeters clients, TriggerObserver next)
        implements TriggerObserver {

    @Override
    public void starting(KafkaStreams streams) {
        clients.opened(streams);
        next.starting(streams);
    }

    @Override
    public void asked(CheckpointRequested request) {
        next.asked(request);
    }

    @Override
    public void tooLate(String runId, Trigger trigger, Duration age) {
        next.tooLate(runId, trigger, age);
    }

    @Override
    public void unwatched(String runId, String sourceId, int limit) {
        next.unwatched(runId, sourceId, limit);
    }

    @Override
    public void state(String state) {
        next.state(state);
    }

    @Override
    public void threadFailed(Throwable cause, boolean fatal) {
        next.threadFailed(cause, fatal);
    }
}
