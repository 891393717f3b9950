package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.app.training.ObjectStoreProcess;
import io.maestream.checkpoints.StoreRefusedException;
import io.maestream.checkpoints.s3.S3Bucket;
import io.maestream.checkpoints.s3.S3Location;
import io.maestream.checkpoints.s3.S3Settings;
import io.maestream.ingest.payload.BadPayloadException;
import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.payload.PayloadStore;
import io.maestream.ingest.payload.Sha256;
import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every store of large images, tried on files and on a real S3 server. */
class PayloadStoreIT {
    private static final int MAX_BYTES = 10 << 20;
    private static final byte[] BYTES = {1, 2, 3, 4};
    private static final String DIGEST = Sha256.of(BYTES);

    @TempDir static Path directory;
    private static ObjectStoreProcess server;

    private final String name = UUID.randomUUID().toString();

    enum Kind {
        FILES,
        S3
    }

    @BeforeAll
    static void start() throws IOException {
        assumeThat(ObjectStoreProcess.JAR).as("built with the checkpoints' module").exists();
        server = ObjectStoreProcess.start(directory, "images");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameBytesWhenReadWhatWasWrittenOnceOrAgain(Kind kind) throws Exception {
        // Given a small image and one of several parts
        PayloadStore store = store(kind);
        byte[] large = new byte[9 << 20];
        new Random(1).nextBytes(large);

        // When
        PayloadReference small = store.write(BYTES, DIGEST);
        PayloadReference again = store.write(BYTES, DIGEST);
        PayloadReference many = store.write(large, Sha256.of(large));

        // Then
        assertThat(store.read(small)).isEqualTo(BYTES);
        assertThat(store.read(many)).isEqualTo(large);
        assertThat(again).isEqualTo(small);
        assertThat(small.getUri()).endsWith("/" + DIGEST.substring(0, 2) + "/" + DIGEST);
        assertThat(small.getSize()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatIsWrongWhenAReferenceIsNotToBeTrusted(Kind kind) throws Exception {
        PayloadStore store = store(kind);
        String uri = store.write(BYTES, DIGEST).getUri();
        String other = Sha256.of(new byte[1]);

        // Elsewhere, malformed, of another kind of store, too large, not there
        fails(store, new PayloadReference(uri, "../../etc/passwd", 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference("http://x/" + DIGEST, DIGEST, 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference(uri + "/..", DIGEST, 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference(uri, DIGEST, -1L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference(uri, DIGEST, MAX_BYTES + 1L), Reason.TOO_LARGE);
        fails(store, new PayloadReference(uri.replace(DIGEST, other), other, 1L), Reason.MISSING);
        assertThatThrownBy(() -> store.write(BYTES, "../" + DIGEST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindDamageWhenWhatIsStoredIsNotWhatWasPublished(Kind kind) throws Exception {
        // Given what says another size, or has other bytes
        PayloadStore store = store(kind);
        PayloadReference good = store.write(BYTES, DIGEST);
        fails(store, new PayloadReference(good.getUri(), DIGEST, 3L), Reason.DAMAGED);
        fails(store, new PayloadReference(good.getUri(), DIGEST, 5L), Reason.DAMAGED);
        overwrite(kind, new byte[] {1, 2, 3, 5});

        // When, Then
        fails(store, good, Reason.DAMAGED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSweepOldPayloadsAndNothingElse(Kind kind) throws Exception {
        // Given a payload, and somebody else's beside it
        PayloadStore store = store(kind);
        PayloadReference reference = store.write(BYTES, DIGEST);
        if (kind == Kind.S3) {
            bucket(server.settings()).create("step-1/manifest.json", BYTES);
        } else {
            Files.write(directory.resolve(name).resolve("notes.txt"), BYTES);
        }

        // When, Then it stays while it is young
        assertThat(store.sweep(Instant.now().minus(Duration.ofHours(1)))).isZero();
        assertThat(store.read(reference)).isEqualTo(BYTES);
        assertThat(store.sweep(Instant.now().plus(Duration.ofHours(1)))).isEqualTo(1);
        fails(store, reference, Reason.MISSING);
        if (kind == Kind.S3) {
            assertThat(bucket(server.settings()).list("")).hasSize(1);
        }
    }

    @Test
    void shouldSayOnceAndClearlyWhenTheKeysAreWrong() {
        S3Settings wrong = with(server.settings(), server.endpoint(), "not-the-secret");

        assertThatThrownBy(() -> Payloads.store(settings("s3://images/" + name), wrong))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("s3://images/" + name + "/ refuses us")
                .hasMessageContaining("check payload.s3.access.key, payload.s3.secret.key")
                .hasMessageNotContaining("not-the-secret");
        assertThatThrownBy(
                        () ->
                                Payloads.store(
                                        settings("s3://absent/" + name),
                                        with(server.settings(), server.endpoint(), "credential")))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("no bucket absent")
                .hasMessageContaining("payload.dir");
    }

    @Test
    void shouldStartAllTheSameWhenTheStoreIsAwayForAWhile() throws Exception {
        // Given nobody who listens
        S3Settings away = with(server.settings(), "http://127.0.0.1:1", "credential");

        // When
        PayloadStore store = Payloads.store(settings("s3://images/" + name), away);

        // Then each image is told apart: a second try may succeed
        assertThatThrownBy(() -> store.write(BYTES, DIGEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be reached");
    }

    private PayloadStore store(Kind kind) throws IOException {
        return kind == Kind.FILES
                ? Payloads.store(settings(directory.resolve(name).toString()), server.settings())
                : Payloads.store(settings("s3://images/" + name), server.settings());
    }

    private void overwrite(Kind kind, byte[] bytes) throws IOException {
        String key = DIGEST.substring(0, 2) + "/" + DIGEST;
        if (kind == Kind.FILES) {
            Files.write(directory.resolve(name).resolve(key), bytes);
        } else {
            bucket(server.settings()).write(key, out -> out.write(ByteBuffer.wrap(bytes)));
        }
    }

    private S3Bucket bucket(S3Settings settings) {
        return S3Bucket.open(S3Location.parse("s3://images/" + name), settings);
    }

    private static S3Settings with(S3Settings settings, String endpoint, String secret) {
        return new S3Settings(
                Optional.of(endpoint),
                settings.region(),
                settings.pathStyle(),
                Optional.of(new S3Settings.Keys("identity", secret)),
                settings.patience(),
                1,
                "payload");
    }

    private static PayloadSettings settings(String location) {
        return new PayloadSettings(Optional.of(location), 1, MAX_BYTES);
    }

    private static void fails(PayloadStore store, PayloadReference reference, Reason reason) {
        assertThatThrownBy(() -> store.read(reference))
                .as("%s", Arrays.asList(reference.getUri(), reference.getSize()))
                .isInstanceOfSatisfying(
                        BadPayloadException.class,
                        bad -> assertThat(bad.reason()).isEqualTo(reason));
    }
}
