package io.maestream.app.rejected;

import io.maestream.ingest.source.Pacer;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends raw records again, as they are: key, value and headers. Their time is new, so quotas count
 * them now. Each place in the log is sent once, however often it was rejected.
 */
public final class Retry implements AutoCloseable {
    private final RawLog log;
    private final Producer<String, byte[]> producer;
    private final Pacer pacer;
    private final Duration interval;
    private final Set<Place> done = new HashSet<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private Instant due = Instant.EPOCH;
    private long sent;
    private long gone;
    private long foreign;

    private record Place(int partition, long offset) {}

    /**
     * What became of the rejected images that were asked for.
     *
     * @param sent raw records that are on {@code images.raw} once more
     * @param gone raw records that retention has deleted
     * @param foreign rejections by the trainer, whose records are no raw ones
     */
    public record Totals(long sent, long gone, long foreign) {}

    /**
     * @param perSecond records sent in a second; 0 for as many as there are
     */
    public Retry(KafkaClients clients, double perSecond, Pacer pacer) {
        this.log = new RawLog(clients);
        this.producer = clients.producer(new ByteArraySerializer(), KafkaClients.UNCOMPRESSED);
        this.pacer = pacer;
        this.interval = perSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (1e9 / perSecond));
    }

    /** Sends one again, if it is there and was not sent before. */
    public void send(RejectedImage image) throws InterruptedException {
        if (!image.getTopic().equals(Topics.IMAGES_RAW)) {
            foreign++;
            return;
        }
        if (!done.add(new Place(image.getPartition(), image.getOffset()))) {
            return;
        }
        Optional<ConsumerRecord<String, byte[]>> raw =
                log.at(image.getPartition(), image.getOffset());
        if (raw.isEmpty()) {
            gone++;
            return;
        }
        if (pacer.await(due)) {
            due = pacer.now().plus(interval);
            send(raw.get());
        }
    }

    /**
     * Waits until all are acknowledged.
     *
     * @throws org.apache.kafka.common.KafkaException if one was not
     */
    public Totals finish() {
        producer.flush();
        Exception first = failure.get();
        if (first != null) {
            throw new org.apache.kafka.common.KafkaException(
                    "a record could not be sent again: " + first.getMessage(), first);
        }
        return new Totals(sent, gone, foreign);
    }

    @Override
    public void close() {
        pacer.close();
        producer.close();
        log.close();
    }

    private Future<?> send(ConsumerRecord<String, byte[]> raw) {
        sent++;
        ProducerRecord<String, byte[]> again =
                new ProducerRecord<>(
                        Topics.IMAGES_RAW, null, null, raw.key(), raw.value(), raw.headers());
        return producer.send(
                again,
                (metadata, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    }
                });
    }
}
