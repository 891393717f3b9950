package io.maestream.trainer.checkpoint;

import io.maestream.schemas.Trigger;
import java.util.Optional;

/** What was asked for and is not done yet: all of it shares one checkpoint. */
public final class AskedFor {

    private Optional<Trigger> trigger = Optional.empty();

    /** The kind of the newest counts, the reason names them all. */
    public void add(Trigger another) {
        trigger =
                Optional.of(
                        trigger.map(
                                        before ->
                                                new Trigger(
                                                        another.getKind(),
                                                        before.getReason()
                                                                + "; "
                                                                + another.getReason()))
                                .orElse(another));
    }

    public boolean isEmpty() {
        return trigger.isEmpty();
    }

    /** All of it; from now on nothing is asked for. */
    public Optional<Trigger> take() {
        Optional<Trigger> taken = trigger;
        trigger = Optional.empty();
        return taken;
    }
}
