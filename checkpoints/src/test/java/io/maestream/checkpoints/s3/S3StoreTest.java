package io.maestream.checkpoints.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.BucketStore;
import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.CheckpointStoreContract;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Manifests;
import io.maestream.checkpoints.PublishPoint;
import io.maestream.checkpoints.StoreRefusedException;
import io.maestream.checkpoints.StoreUnreachableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract, and what only an object store can do to us, against a real server. */
class S3StoreTest implements CheckpointStoreContract {

    private static final String BUCKET = "checkpoints";
    private static final String ID = "step-1-aaaaaaaa";

    @TempDir static Path directory;
    private static S3Server server;
    private static S3Client plain;

    @TempDir Path cache;
    private S3Location place;
    private S3Bucket bucket;
    private BucketStore store;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(directory);
        plain = S3Clients.open(server.settings());
        plain.createBucket(r -> r.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        plain.close();
        server.close();
    }

    @BeforeEach
    void open() {
        place = S3Location.parse("s3://" + BUCKET + "/runs/" + UUID.randomUUID());
        bucket = S3Bucket.open(place, server.settings());
        store = new BucketStore(bucket, cache);
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    @Override
    public CheckpointStore store() {
        return store;
    }

    @Override
    public void damage(String id, String name, byte[] bytes) {
        plain.putObject(
                r -> r.bucket(BUCKET).key(place.key(id + "/" + name)),
                RequestBody.fromBytes(bytes));
    }

    @Override
    public void remove(String id, String name) {
        plain.deleteObject(r -> r.bucket(BUCKET).key(place.key(id + "/" + name)));
    }

    @ParameterizedTest
    @EnumSource(PublishPoint.class)
    void shouldShowAllOrNothingWhenTheProcessDiesAtAnyPoint(PublishPoint death) throws Exception {
        // Given a store whose process dies at a point: nothing runs after it, no clean-up either
        BucketStore dying =
                new BucketStore(
                        bucket,
                        cache,
                        point -> {
                            if (point == death) {
                                throw new Died();
                            }
                        });

        // When a checkpoint is published
        assertThatThrownBy(() -> publish(dying, 10)).isInstanceOf(Died.class);

        // Then it is whole if it is there, and a later attempt works
        boolean visible = death == PublishPoint.AFTER_RENAME;
        assertThat(store.ids()).hasSize(visible ? 1 : 0);
        if (visible) {
            assertThat(CheckpointVerifier.verify(store, ID, null).ok()).isTrue();
        } else {
            store.sweepAbandoned(Instant.now().plusSeconds(60));
            assertThat(bucket.list("")).isEmpty();
            publish(store, 10);
            assertThat(store.ids()).containsExactly(ID);
        }
    }

    @Test
    void shouldSendALargeFileInParts() throws Exception {
        // Given a file of more than two parts
        int size = 2 * S3Upload.PART_BYTES + 12_345;

        // When
        publish(store, size);

        // Then it is whole
        assertThat(store.manifest(ID).files().get(0).size()).isEqualTo(size);
        assertThat(CheckpointVerifier.verify(store, ID, null).problems()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenALargeFileFailsHalfWay() throws Exception {
        // Given a writer whose source breaks after the first part was sent
        assertThatThrownBy(
                        () -> {
                            try (CheckpointDraft draft = store.begin(ID)) {
                                draft.write(
                                        "model",
                                        "model.bin",
                                        out -> {
                                            out.write(noise(S3Upload.PART_BYTES + 1));
                                            throw new IOException("the source broke");
                                        });
                            }
                        })
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.bin")
                .hasMessageContaining("the source broke");

        // Then
        assertThat(bucket.list("")).isEmpty();
        assertThat(store.sweepAbandoned(Instant.now().plusSeconds(60))).isZero();
    }

    @Test
    void shouldSweepAnUploadThatAKilledProcessLeft() throws Exception {
        // Given a part that was sent, and nothing after it
        String key = place.key(ID + "/model.bin");
        String upload = plain.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
        plain.uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(new byte[5 << 20]));

        // When, Then it is invisible, and swept once it is old enough
        assertThat(store.ids()).isEmpty();
        assertThat(store.sweepAbandoned(Instant.now().minusSeconds(3_600))).isZero();
        assertThat(store.sweepAbandoned(Instant.now().plusSeconds(60))).isEqualTo(1);
        assertThat(store.sweepAbandoned(Instant.now().plusSeconds(60))).isZero();
    }

    @Test
    void shouldLetOnlyOneOfTwoWritersPublish() throws Exception {
        // Given two drafts of one id
        CheckpointDraft first = store.begin(ID);
        CheckpointDraft second = store.begin(ID);
        first.publish(files -> Manifests.of(ID, files));

        // When, Then the later one is refused and takes nothing away
        assertThatThrownBy(
                        () ->
                                second.publish(
                                        files ->
                                                Manifests.of(
                                                        ID, 11, "TIME", Manifests.CREATED, files)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("already");
        second.close();
        assertThat(store.manifest(ID).step()).isEqualTo(10);
    }

    @Test
    void shouldSurviveServerErrorsAndAnswersThatNeverCome() throws Exception {
        // Given a way to the server on which every third request fails, one way or another
        FlakyHttp http = new FlakyHttp(UrlConnectionHttpClient.create());
        try (S3Bucket flaky =
                new S3Bucket(S3Clients.open(server.settings(), http), place, "checkpoint")) {
            BucketStore unlucky = new BucketStore(flaky, cache);

            // When
            publish(unlucky, S3Upload.PART_BYTES + 1);

            // Then
            assertThat(CheckpointVerifier.verify(unlucky, ID, null).problems()).isEmpty();
            assertThat(http.failures()).isGreaterThan(2);
        }
    }

    @Test
    void shouldSayOnceWhatIsWrongWhenTheKeysAre() {
        S3Settings.Keys wrong = new S3Settings.Keys(S3Server.KEYS.access(), "wrong-secret");
        try (S3Bucket refused =
                S3Bucket.open(place, server.settings(wrong, Duration.ofSeconds(5)))) {
            assertThatThrownBy(() -> new BucketStore(refused, cache).ids())
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("checkpoint.s3.secret.key")
                    .hasMessageNotContaining("wrong-secret");
            assertThatThrownBy(() -> new BucketStore(refused, cache).begin(ID))
                    .isInstanceOf(CheckpointException.class)
                    .hasCauseInstanceOf(StoreRefusedException.class);
        }
    }

    @Test
    void shouldNameTheBucketWhenThereIsNone() {
        S3Location none = S3Location.parse("s3://nowhere-to-be-found/x");
        try (S3Bucket missing = S3Bucket.open(none, server.settings())) {
            assertThatThrownBy(() -> new BucketStore(missing, cache).ids())
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("nowhere-to-be-found");
        }
    }

    @Test
    void shouldSayThatNobodyAnswersWhenTheServerIsAway() {
        S3Settings away =
                new S3Settings(
                        Optional.of("http://127.0.0.1:1"),
                        Optional.empty(),
                        true,
                        Optional.of(S3Server.KEYS),
                        Duration.ofSeconds(1));
        try (S3Bucket gone = S3Bucket.open(place, away)) {
            assertThatThrownBy(() -> new BucketStore(gone, cache).ids())
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining(place.toString());
        }
    }

    @Test
    void shouldRefuseAnObjectWhoseNameLeavesTheCheckpoint() throws Exception {
        publish(store, 10);
        damage(ID, "a b.bin", new byte[1]);

        assertThatThrownBy(() -> store.directory(ID))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("a b.bin");
    }

    @Test
    void shouldKeepTheLastFewCopiesOnly() throws Exception {
        for (int i = 0; i < 5; i++) {
            String id = "step-" + i + "-aaaaaaaa";
            try (CheckpointDraft draft = store.begin(id)) {
                draft.publish(files -> Manifests.of(id, files));
            }
            store.directory(id);
        }

        try (var copies = Files.list(cache)) {
            assertThat(copies).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://", "s3://A/b", "s3:/bucket", "s3://bucket/../x", "s3://b\u00fccket"})
    void shouldRefuseWhatIsNoLocation(String text) {
        assertThatThrownBy(() -> S3Location.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://BUCKET/PREFIX");
    }

    /** The draft is not closed: a killed process closes nothing. */
    private static void publish(BucketStore store, int size) throws IOException {
        CheckpointDraft draft = store.begin(ID);
        draft.write("model", "model.bin", out -> out.write(noise(size)));
        draft.publish(files -> Manifests.of(ID, List.copyOf(files)));
    }

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static final class Died extends RuntimeException {}
}
