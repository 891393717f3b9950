package io.maestream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.source.Backoff;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.schemas.RawImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

class SourceFleetTest {

    private final MockProducer<String, RawImage> producer = ImagePublisherTest.producer(true);
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Images up to a number, then the end, or a failure. */
    private final class Counting implements ImageSource {
        private final String id;
        private final int images;
        private final boolean fails;
        private int next;

        Counting(String id, int images, boolean fails) {
            this.id = id;
            this.images = images;
            this.fails = fails;
        }

        @Override
        public Optional<SourceImage> next() throws IOException {
            if (next < images) {
                return Optional.of(
                        new SourceImage(id, "i" + next, next++, Instant.EPOCH, new byte[1], 1, id));
            }
            if (fails) {
                throw new IOException("broken");
            }
            return Optional.empty();
        }

        @Override
        public void acknowledged(SourceImage image) {
            events.add("acknowledged " + id);
        }

        @Override
        public void close() {
            events.add("closed " + id);
        }

        @Override
        public void release() {
            events.add("released " + id);
        }
    }

    @Test
    void shouldGoOnWithTheOthersWhenOneFails() throws Exception {
        // Given one with an end that fails, one that cannot be opened, and a good one
        var broken = member("broken", false, () -> new Counting("broken", 1, true));
        var absent =
                member(
                        "absent",
                        false,
                        () -> {
                            throw new IOException("not there");
                        });
        var good = member("good", false, () -> new Counting("good", 3, false));

        // When
        Map<String, Exception> failed = fleet(broken, absent, good).run();

        // Then
        assertThat(failed).containsOnlyKeys("broken", "absent");
        assertThat(producer.history()).filteredOn(r -> r.key().equals("good")).hasSize(3);
        assertThat(events).containsSubsequence("acknowledged good", "closed good", "released good");
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void shouldOpenAnewWhenAnEndlessOneFails() throws Exception {
        // Given a source that fails twice before it comes to an end
        AtomicInteger opened = new AtomicInteger();
        var flaky =
                member("flaky", true, () -> new Counting("flaky", 2, opened.incrementAndGet() < 3));

        // When
        Map<String, Exception> failed = fleet(flaky).run();

        // Then
        assertThat(failed).isEmpty();
        assertThat(opened).hasValue(3);
        assertThat(producer.history()).hasSize(6);
        assertThat(events).filteredOn(e -> e.startsWith("retrying flaky")).hasSize(2);
    }

    @Test
    void shouldEndThemAllWhenPublishingFails() {
        // Given
        producer.sendException = new IllegalStateException("closed");
        var one = member("one", true, () -> new Counting("one", 5, true));

        // When, Then
        SourceFleet fleet = fleet(one);
        assertThatThrownBy(fleet::run).isInstanceOf(PublishException.class);
    }

    private static SourceFleet.Member member(
            String name, boolean endless, SourceFleet.Opener opener) {
        return new SourceFleet.Member(name, endless, opener);
    }

    private SourceFleet fleet(SourceFleet.Member... members) {
        ImagePublisher publisher =
                new ImagePublisher(
                        new RawImageSender(
                                producer,
                                new PublishSettings(PayloadSettings.inline(100), 1000),
                                new NoPayloadStore()),
                        PublishObserver.NONE,
                        () -> 0);
        SourceObserver observer =
                new SourceObserver() {
                    @Override
                    public void retrying(String sourceId, String reason, Duration delay) {
                        events.add("retrying " + sourceId + " " + reason);
                    }
                };
        return new SourceFleet(
                List.of(members),
                publisher,
                new SourceFleet.Observers(PublishObserver.NONE, observer),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)));
    }
}
