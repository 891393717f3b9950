package io.maestream.trainer.dashboard;

import io.maestream.trainer.report.StepReport;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sources that training saw; of more than it holds, those that have been away longest go. */
final class Cameras {

    private final int capacity;
    private final Map<String, Camera> cameras = new TreeMap<>();

    Cameras(int capacity) {
        this.capacity = capacity;
    }

    void stepped(StepReport report, long now) {
        float[] losses = report.result().imageLosses();
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (int i = 0; i < report.sourceIds().size(); i++) {
            double[] sum = sums.computeIfAbsent(report.sourceIds().get(i), id -> new double[2]);
            sum[0] += losses[i];
            sum[1]++;
        }
        sums.forEach((id, sum) -> add(id, (int) sum[1], sum[0] / sum[1], now));
        while (cameras.size() > capacity) {
            cameras.values().stream()
                    .min(Comparator.comparingLong(Camera::seenAt))
                    .ifPresent(oldest -> cameras.remove(oldest.id()));
        }
    }

    List<Camera> at(long now) {
        return cameras.values().stream().map(camera -> camera.at(now)).toList();
    }

    private void add(String id, int images, double loss, long now) {
        Camera known = cameras.get(id);
        cameras.put(
                id,
                known == null
                        ? Camera.first(id, images, loss, now)
                        : known.after(images, loss, now));
    }
}
