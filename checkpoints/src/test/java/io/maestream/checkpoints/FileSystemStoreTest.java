package io.maestream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileSystemStoreTest implements CheckpointStoreContract {

    @TempDir Path root;
    private FileSystemStore store;

    @BeforeEach
    void open() {
        store = new FileSystemStore(root.resolve("checkpoints"));
    }

    @Override
    public CheckpointStore store() {
        return store;
    }

    @Override
    public void damage(String id, String name, byte[] bytes) throws IOException {
        Files.write(store.directory(id).resolve(name), bytes);
    }

    @Override
    public void remove(String id, String name) throws IOException {
        Files.delete(store.directory(id).resolve(name));
    }

    @ParameterizedTest
    @EnumSource(PublishPoint.class)
    void shouldShowAllOrNothingWhenTheProcessDiesAtAnyPoint(PublishPoint death) throws IOException {
        // Given a store whose process dies at a point: nothing runs after it, no clean-up either
        FileSystemStore dying =
                new FileSystemStore(
                        root.resolve("checkpoints"),
                        point -> {
                            if (point == death) {
                                throw new Died();
                            }
                        });

        // When a checkpoint is published
        assertThatThrownBy(() -> publish(dying)).isInstanceOf(Died.class);

        // Then it is whole if it is there, and a later attempt works
        boolean visible = death == PublishPoint.AFTER_RENAME;
        assertThat(store.ids()).hasSize(visible ? 1 : 0);
        if (visible) {
            assertThat(CheckpointVerifier.verify(store, "step-1-aaaaaaaa", null).ok()).isTrue();
        } else {
            store.sweepAbandoned(Instant.MAX);
            publish(store);
            assertThat(store.ids()).containsExactly("step-1-aaaaaaaa");
        }
        try (var entries = Files.list(root.resolve("checkpoints"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactly("step-1-aaaaaaaa");
        }
    }

    @Test
    void shouldRefuseAManifestOfANewerFormat() throws IOException {
        publish(store);
        Path manifest = store.directory("step-1-aaaaaaaa").resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertThatThrownBy(() -> store.manifest("step-1-aaaaaaaa"))
                .hasMessageContaining("format version 2");
    }

    /** The draft is not closed: a killed process closes nothing. */
    private static void publish(FileSystemStore store) throws IOException {
        CheckpointDraft draft = store.begin("step-1-aaaaaaaa");
        draft.write("model", "model.bin", out -> out.write(ByteBuffer.wrap(new byte[10])));
        draft.publish(files -> Manifests.of("step-1-aaaaaaaa", files));
    }

    private static final class Died extends RuntimeException {}
}
