package io.maestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.publish.ImagePublisher;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.publish.SourceFleet;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.ingest.source.video.CameraAddress;
import io.maestream.ingest.source.video.CameraSettings;
import io.maestream.ingest.source.video.CameraSource;
import io.maestream.ingest.source.video.MjpegServer;
import io.maestream.ingest.source.video.NumberedFrames;
import io.maestream.ingest.source.video.RtspServer;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras over real connections, onto a real broker; they die and hang meanwhile. */
class CamerasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CameraSettings IMPATIENT =
            new CameraSettings(0, Duration.ofMillis(1500), false);

    @TempDir static Path directory;
    private static TestBroker broker;
    private static KafkaClients clients;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<String, List<RawImage>> seen = new TreeMap<>();
    private Consumer<String, RawImage> consumer;
    private SourceFleet fleet;
    private CompletableFuture<Map<String, Exception>> running;

    private final SourceObserver observer =
            new SourceObserver() {
                @Override
                public void retrying(String sourceId, String reason, Duration delay) {
                    events.add("lost " + sourceId + " " + reason);
                }

                @Override
                public void gap(String sourceId, Instant from, Instant to) {
                    events.add("gap " + sourceId + " " + from + " " + to);
                }
            };

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(Files.createDirectories(directory.resolve("broker")));
        clients = new KafkaClients(KafkaSettings.of(broker.bootstrap()), TopicSettings.defaults());
        try (Admin admin = clients.admin()) {
            Topics.create(admin, TopicSettings.defaults());
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void end() {
        if (fleet != null) {
            fleet.stop();
            running.join();
            consumer.close();
        }
    }

    @Test
    void shouldKeepOrderAndRepeatNothingWhenMjpegCamerasDieAndHang() throws Exception {
        // Given two cameras that show each frame once, of real videos where they are
        List<byte[]> frames = CameraFrames.of("vtest.avi");
        List<byte[]> others = CameraFrames.of("one-by-one-person-detection.mp4");
        try (MjpegServer one = new MjpegServer(frames, 25);
                MjpegServer two = new MjpegServer(others, 25)) {
            run(Map.of("mjpeg-1", one.url(), "mjpeg-2", two.url()));
            awaitImages("mjpeg-1", 10);
            awaitImages("mjpeg-2", 10);

            // When one is killed and restarted, and hangs without closing later
            one.kill();
            awaitEvent("lost mjpeg-1");
            one.restart();
            awaitEvent("gap mjpeg-1");
            one.hangAt(one.sent() + 10);
            awaitEvent("lost mjpeg-1 the stream broke: nothing came in time");
            one.hangAt(Integer.MAX_VALUE);
            int before = seen("mjpeg-1").size();
            awaitImages("mjpeg-1", before + 10);
            fleet.stop();
            running.join();
            drain();
        }

        // Then
        for (String source : List.of("mjpeg-1", "mjpeg-2")) {
            isInOrder(source);
            assertThat(seen(source)).extracting(RawImage::getSha256).doesNotHaveDuplicates();
        }
        List<byte[]> published =
                seen("mjpeg-1").stream().map(i -> ((ByteBuffer) i.getPayload()).array()).toList();
        assertThat(frames).as("pictures arrive as they were sent").containsAll(published);
        assertThat(events).filteredOn(e -> e.startsWith("gap mjpeg-1")).hasSize(2);
        assertThat(events).noneMatch(event -> event.contains("mjpeg-2"));
    }

    @Test
    void shouldShowCredentialsToTheCameraOnlyWhenItAsksForThem() throws Exception {
        // Given
        try (MjpegServer server = new MjpegServer(CameraFrames.generated(50), 25)) {
            server.challenge();
            String url = server.url().replace("http://", "http://viewer:s3cret@") + "?key=s3cret";

            // When
            run(Map.of("secret", url));
            awaitImages("secret", 5);
            server.kill();
            awaitEvent("lost secret");

            // Then
            assertThat(server.requests())
                    .last()
                    .asString()
                    .contains("Authorization: Basic dmlld2VyOnMzY3JldA==");
            assertThat(seen("secret")).noneMatch(image -> image.toString().contains("s3cret"));
            assertThat(seen("secret").get(0).getOrigin()).isEqualTo(server.url());
            assertThat(events).isNotEmpty().noneMatch(event -> event.contains("s3cret"));
        }
    }

    @Test
    void shouldReconnectInOrderWhenAnRtspServerDiesAndHangs() throws Exception {
        // Given both videos over a real RTSP server
        assumeThat(RtspServer.isInstalled()).as("no GStreamer RTSP server for Python").isTrue();
        List<Path> videos =
                List.of(
                        CameraFrames.video("vtest.avi"),
                        CameraFrames.video("one-by-one-person-detection.mp4"));
        assumeThat(videos).as("the data directory is not here").allMatch(Files::exists);
        try (RtspServer server = new RtspServer(directory, videos)) {
            run(
                    Map.of(
                            "rtsp-0",
                            server.url(0),
                            "rtsp-1",
                            server.url(1),
                            "rtsp-n",
                            server.numberedUrl()));
            awaitImages("rtsp-0", 15);
            awaitImages("rtsp-1", 15);
            awaitImages("rtsp-n", 15);

            // When it is killed and restarted, then hangs, and is replaced
            for (int time = 1; time <= 2; time++) {
                if (time == 2) {
                    server.hang();
                    awaitEvent("lost rtsp-0 the stream broke: nothing came in time");
                }
                server.kill();
                awaitEvent("lost rtsp-1");
                server.start();
                awaitEvents("gap rtsp-0", time);
                awaitEvents("gap rtsp-1", time);
                awaitEvents("gap rtsp-n", time);
                awaitImages("rtsp-n", seen("rtsp-n").size() + 10);
                awaitImages("rtsp-0", seen("rtsp-0").size() + 10);
                awaitImages("rtsp-1", seen("rtsp-1").size() + 10);
            }
            fleet.stop();
            running.join();
            drain();
        }

        // Then
        isInOrder("rtsp-0");
        isInOrder("rtsp-1");
        isInOrder("rtsp-n");
        // And by what they show: the server numbers its frames through both restarts.
        List<Long> numbers = new ArrayList<>();
        for (RawImage image : seen("rtsp-n")) {
            numbers.add(NumberedFrames.number(((ByteBuffer) image.getPayload()).array()));
        }
        assertThat(NumberedFrames.jumps(numbers)).as("of %s", numbers).hasSize(2);
        var first = TestImages.decode(((ByteBuffer) seen("rtsp-0").get(0).getPayload()).array());
        assertThat(first.getWidth()).isEqualTo(768);
    }

    /** Numbers without a hole, times that only grow, ids that are there once. */
    private void isInOrder(String source) {
        List<RawImage> images = seen(source);
        for (int i = 0; i < images.size(); i++) {
            assertThat(images.get(i).getSequence()).isEqualTo(i);
        }
        assertThat(images).extracting(RawImage::getCapturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(images).extracting(RawImage::getImageId).doesNotHaveDuplicates();
        assertThat(images.get(images.size() - 1).getCapturedAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(3));
    }

    private void run(Map<String, String> cameras) {
        List<SourceFleet.Member> members = new ArrayList<>();
        cameras.forEach(
                (name, url) ->
                        members.add(
                                new SourceFleet.Member(
                                        name,
                                        true,
                                        () ->
                                                new CameraSource(
                                                        CameraAddress.of(url),
                                                        name,
                                                        IMPATIENT,
                                                        Pacer.realTime(),
                                                        observer))));
        PublishSettings settings = new PublishSettings(PayloadSettings.inline(1 << 20), 1 << 24);
        fleet =
                new SourceFleet(
                        members,
                        new ImagePublisher(clients, settings, PublishObserver.NONE),
                        new SourceFleet.Observers(PublishObserver.NONE, observer));
        running = CompletableFuture.supplyAsync(this::runFleet);
        consumer =
                clients.consumer(
                        AvroSerde.deserializer(RawImage.class),
                        Map.of("group.id", "it-" + members.get(0).name()));
        consumer.subscribe(List.of(Topics.IMAGES_RAW));
    }

    private Map<String, Exception> runFleet() {
        try {
            return fleet.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RawImage> seen(String source) {
        return seen.getOrDefault(source, List.of());
    }

    private void awaitImages(String source, int count) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            drain();
                            return seen(source).size() >= count;
                        });
    }

    private void drain() {
        consumer.poll(Duration.ofMillis(200))
                .forEach(
                        record ->
                                seen.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                        .add(record.value()));
    }

    private void awaitEvent(String begin) {
        awaitEvents(begin, 1);
    }

    private void awaitEvents(String begin, int count) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            drain();
                            return events.stream().filter(e -> e.startsWith(begin)).count()
                                    >= count;
                        });
    }
}
