package io.maestream.trainer.trigger;

import io.maestream.trainer.trigger.detect.Drift;

/** A camera that has drifted. */
record Alarm(String sourceId, Drift drift) {}
