package io.maestream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.RawImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

class SourcePumpTest {

    private final MockProducer<String, RawImage> producer = ImagePublisherTest.producer(true);
    private final List<PublishTotals> progress = new ArrayList<>();
    private final PublishObserver observer =
            new PublishObserver() {
                @Override
                public void progress(PublishTotals totals) {
                    progress.add(totals);
                }
            };

    @Test
    void shouldPublishEverythingAndCloseWhenTheSourceEnds() throws Exception {
        // Given
        SourcePump pump = pump(cameras(0, 4));

        // When
        PublishTotals totals = pump.run();

        // Then
        assertThat(totals.images()).isEqualTo(8);
        assertThat(producer.history()).hasSize(8);
        assertThat(producer.closed()).isTrue();
        assertThat(progress).hasSize(1);
    }

    @Test
    void shouldEndSoonWhenStoppedDuringAWait() throws Exception {
        // Given a pump whose next frame is due in 1000 seconds
        SourcePump pump = pump(cameras(0.001, 0));
        CompletableFuture<PublishTotals> running = CompletableFuture.supplyAsync(() -> run(pump));
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 2);

        // When
        pump.stop();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(running::isDone);
        assertThat(running.get().images()).isEqualTo(2);
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void shouldCloseTheProducerWhenTheSourceFails() {
        // Given
        SourcePump pump =
                pump(
                        new ImageSource() {
                            @Override
                            public Optional<SourceImage> next() throws IOException {
                                throw new IOException("disk on fire");
                            }

                            @Override
                            public void close() {
                                // It holds nothing.
                            }
                        });

        // When, Then
        assertThatThrownBy(pump::run).isInstanceOf(IOException.class).hasMessage("disk on fire");
        assertThat(producer.closed()).isTrue();
    }

    private SourcePump pump(ImageSource source) {
        ImagePublisher publisher =
                new ImagePublisher(
                        new RawImageSender(
                                producer,
                                new PublishSettings(PayloadSettings.inline(1_000_000), 1_000_000),
                                new NoPayloadStore()),
                        observer,
                        () -> 0);
        return new SourcePump(source, publisher, observer);
    }

    private static ImageSource cameras(double rate, long frames) {
        return new SimulatedCameraSource(
                new SimulationSettings(2, 32, 32, rate, 1, 0, frames, 0), Pacer.realTime());
    }

    private static PublishTotals run(SourcePump pump) {
        try {
            return pump.run();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
