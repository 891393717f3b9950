package io.maestream.app.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a session of the demo does.
 *
 * @param dataDir where everything is kept
 * @param runId the run to begin or to go on with
 * @param steps how many steps this session makes, or empty for no bound
 * @param duration how long it trains, or empty for no bound
 */
public record DemoPlan(
        Path dataDir, String runId, OptionalLong steps, Optional<Duration> duration) {
    /** Whether the session ends by itself. */
    public boolean isBounded() {
        return steps.isPresent() || duration.isPresent();
    }
}
