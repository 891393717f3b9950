package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptionTest {

    @TempDir Path root;

    private final List<String> refused = new ArrayList<>();
    private FileSystemStore store;
    private Adoption adoption;

    @BeforeEach
    void open() {
        store = new FileSystemStore(root);
        TrainingObserver observer =
                new TrainingObserver() {
                    @Override
                    public void checkpointRefused(String checkpointId, String reason) {
                        refused.add(checkpointId);
                    }
                };
        adoption = new Adoption(store, observer, Clock.systemUTC());
    }

    @Test
    void shouldLetANewRunBegin() {
        assertThatCode(() -> adoption.refuse("run", false)).doesNotThrowAnyException();
        assertThat(adoption.adopt("run", (event, state) -> {})).isEmpty();
    }

    @Test
    void shouldLetARunBeginThatDiedBeforeItsFirstCommit() throws IOException {
        // Given what a trainer leaves that is killed after its first files and before the event
        publish("step-000000004-a", "run", null, 4);

        assertThatCode(() -> adoption.refuse("run", false)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhereACheckpointHasAParentOrOffsetsWereCommitted() throws IOException {
        publish("step-000000004-a", "run", null, 4);
        assertThatThrownBy(() -> adoption.refuse("run", true))
                .isInstanceOf(EventsLostException.class)
                .hasMessageContaining("step-000000004-a, step 4");

        publish("step-000000008-b", "run", "step-000000004-a", 8);
        assertThatThrownBy(() -> adoption.refuse("run", false))
                .isInstanceOf(EventsLostException.class)
                .hasMessageContaining("2 checkpoints")
                .hasMessageContaining("step-000000008-b, step 8");
        assertThatCode(() -> adoption.refuse("another", true)).doesNotThrowAnyException();
    }

    @Test
    void shouldAdoptNothingThatIsNotWhole() throws IOException {
        // Given a checkpoint without a state
        publish("step-000000004-a", "run", null, 4);

        assertThatThrownBy(() -> adoption.adopt("run", (event, state) -> {}))
                .isInstanceOf(UnrecoverableException.class)
                .hasMessageContaining("none of them is whole");
        assertThat(refused).containsExactly("step-000000004-a");
    }

    @Test
    void shouldNeverAdoptARelease() throws IOException {
        // Given a release that is newer than the plateau, which is not whole either
        publish("step-000000004-a", "run", null, 4);
        publish("step-000000009-b", "run", "step-000000004-a", 9, "RELEASE");

        // When, then only the plateau is tried
        assertThatThrownBy(() -> adoption.adopt("run", (event, state) -> {}))
                .isInstanceOf(UnrecoverableException.class);
        assertThat(refused).containsExactly("step-000000004-a");
        assertThatThrownBy(() -> adoption.refuse("run", false))
                .as("it had a parent")
                .isInstanceOf(EventsLostException.class);
    }

    private void publish(String id, String run, String parent, long step) throws IOException {
        publish(id, run, parent, step, "TIME");
    }

    private void publish(String id, String run, String parent, long step, String trigger)
            throws IOException {
        try (CheckpointDraft draft = store.begin(id)) {
            draft.write("model", "model.safetensors", out -> out.write(ByteBuffer.allocate(8)));
            draft.publish(
                    files ->
                            new Manifest(
                                    1,
                                    id,
                                    run,
                                    parent,
                                    Instant.EPOCH,
                                    step,
                                    step * 4,
                                    trigger,
                                    "test",
                                    new ModelDescription(8, 4, 3, 8, 1, 2, 8, 1, 2, 0.75, true),
                                    Map.of(),
                                    "digest",
                                    "test",
                                    files));
        }
    }
}
