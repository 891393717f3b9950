package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.report.PanelSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is shown of a run but its charts, at one moment.
 *
 * @param checkpoints the newest first
 * @param runs the last checkpoint of each run
 * @param rejected records left out by reason
 * @param lags records that wait, by partition; empty if unknown
 * @param commands the last ones, the newest first
 */
record RunTables(
        String runId,
        Readiness readiness,
        Progress progress,
        List<Camera> cameras,
        List<CheckpointBook.Entry> checkpoints,
        List<CheckpointCommitted> runs,
        Map<String, Long> rejected,
        Map<PartitionId, Long> lags,
        Group group,
        List<CommandLog.Entry> commands,
        Optional<PanelSample> panel) {}
