package io.maestream.trainer.dashboard;

import io.maestream.trainer.dashboard.Camera.State;
import io.maestream.trainer.dashboard.Pulse.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes wrong around the trainer, as long as it does. */
final class Troubles {

    private static final int CAMERAS_NAMED = 3;

    private String late = "";
    private Optional<Instant> brokersSilentSince = Optional.empty();

    void checkpointLate(String cause) {
        late = cause;
    }

    void checkpointCommitted() {
        late = "";
    }

    void brokersAnswer(boolean answer, Instant now) {
        if (answer) {
            brokersSilentSince = Optional.empty();
        } else if (brokersSilentSince.isEmpty()) {
            brokersSilentSince = Optional.of(now);
        }
    }

    /** The worst first. */
    List<Notice> notices(Activity activity, List<Camera> cameras, Instant now) {
        List<Notice> notices = new ArrayList<>();
        brokersSilentSince.ifPresent(
                since -> notices.add(Notice.brokerAway(Duration.between(since, now).toSeconds())));
        if (activity.isActive() && !late.isEmpty()) {
            notices.add(Notice.checkpointLate(late));
        }
        // While no broker answers nobody's images arrive.
        if (activity.isActive() && brokersSilentSince.isEmpty()) {
            cameras.stream()
                    .filter(camera -> camera.state() == State.GONE)
                    .limit(CAMERAS_NAMED)
                    .map(camera -> gone(camera, now))
                    .forEach(notices::add);
        }
        return notices;
    }

    private static Notice gone(Camera camera, Instant now) {
        return Notice.cameraGone(camera.id(), (now.toEpochMilli() - camera.arrivedAt()) / 1000);
    }
}
