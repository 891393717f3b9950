package io.maestream.trainer.dashboard;

import io.maestream.schemas.StepMetrics;
import io.maestream.trainer.feed.StreamRecord;
import io.maestream.trainer.report.StepReport;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sources of a run; of more than it holds, those that have been away longest go. */
final class Cameras {

    private final int capacity;
    private final Map<String, CameraTrack> tracks = new TreeMap<>();
    private long lookedAt;

    Cameras(int capacity) {
        this.capacity = capacity;
    }

    /** The log was asked for images. */
    void looked(long now) {
        lookedAt = now;
    }

    void arrived(String id, StreamRecord record, long now) {
        lookedAt = now;
        track(id).arrived(record, now);
        trim();
    }

    void stepped(StepReport report, long now) {
        float[] losses = report.result().imageLosses();
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (int i = 0; i < report.sourceIds().size(); i++) {
            double[] sum = sums.computeIfAbsent(report.sourceIds().get(i), id -> new double[2]);
            sum[0] += losses[i];
            sum[1]++;
        }
        sums.forEach((id, sum) -> track(id).trained((int) sum[1], sum[0] / sum[1], now));
        trim();
    }

    /** A step that is known from its topic only. */
    void learned(StepMetrics step) {
        long at = step.getAt().toEpochMilli();
        step.getSourceLosses().forEach((id, loss) -> track(id).learned(loss, at));
        trim();
    }

    void drifted(String id, long at) {
        track(id).drifted(at);
        trim();
    }

    void captured(String id, long at) {
        Optional.ofNullable(tracks.get(id)).ifPresent(track -> track.captured(at));
    }

    Optional<StreamRecord> picture(String id) {
        return Optional.ofNullable(tracks.get(id)).flatMap(CameraTrack::picture);
    }

    List<Camera> at(long now) {
        return tracks.values().stream().map(track -> track.at(now, lookedAt)).toList();
    }

    private CameraTrack track(String id) {
        return tracks.computeIfAbsent(id, CameraTrack::new);
    }

    private void trim() {
        while (tracks.size() > capacity) {
            tracks.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().touched()))
                    .map(Map.Entry::getKey)
                    .ifPresent(tracks::remove);
        }
    }
}
