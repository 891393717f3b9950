package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.Trigger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes requests and failures to the log; too many cameras once for each run. */
public final class LoggingTriggerObserver implements TriggerObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingTriggerObserver.class);

    private final Set<String> overfull = ConcurrentHashMap.newKeySet();

    @Override
    public void asked(CheckpointRequested request) {
        LOG.atInfo()
                .addKeyValue("run", request.getRunId())
                .addKeyValue("request", request.getRequestId())
                .log("Asks for a checkpoint: {}", request.getTrigger().getReason());
    }

    @Override
    public void tooLate(String runId, Trigger trigger, Duration age) {
        LOG.atInfo()
                .addKeyValue("run", runId)
                .log(
                        "Asks for no checkpoint, for the step is {} s old: {}",
                        age.toSeconds(),
                        trigger.getReason());
    }

    @Override
    public void unwatched(String runId, String sourceId, int limit) {
        if (overfull.add(runId)) {
            LOG.atWarn()
                    .addKeyValue("run", runId)
                    .log(
                            "{} cameras are watched for drift, and '{}' and further ones are not:"
                                    + " raise trigger.drift.max.sources if they should be",
                            limit,
                            sourceId);
        }
    }

    @Override
    public void state(String state) {
        LOG.atInfo().addKeyValue("state", state).log("Triggers changed their state");
    }

    @Override
    public void threadFailed(Throwable cause, boolean fatal) {
        LOG.atError().addKeyValue("fatal", fatal).setCause(cause).log("A trigger thread failed");
    }
}
