package io.maestream.app.command.lineage;

import io.maestream.app.Sections;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.checkpoint.RunHistory;
import java.util.List;
import java.util.Map;

/** The committed events of the configured run. */
final class RunEvents {
    private RunEvents() {}

    /** All of them, releases too, oldest first. */
    static List<CheckpointCommitted> read(KafkaClients clients, LoadedConfig config) {
        try (var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of())) {
            return new RunHistory(consumer).committed(Sections.runId(config));
        }
    }

    /** What to say of a run without any. */
    static CommandFailure none(String runId) {
        return new CommandFailure(
                ExitCode.NOT_FOUND, "Run " + runId + " has no committed checkpoint");
    }
}
