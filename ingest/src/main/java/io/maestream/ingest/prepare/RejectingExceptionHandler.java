package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.TOO_MANY_BYTES;
import static io.maestream.schemas.RejectionReason.UNREADABLE_RECORD;

import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The net under the steps: what escapes them is rejected with its coordinates, in the transaction
 * of the record itself (KIP-1034), and the stream goes on. Kafka Streams builds it by name.
 */
public final class RejectingExceptionHandler
        implements DeserializationExceptionHandler,
                ProcessingExceptionHandler,
                ProductionExceptionHandler {

    private final Rejections rejections;
    private final Serializer<RejectedImage> serializer = AvroSerde.serializer(RejectedImage.class);

    /** With the system's clock. */
    public RejectingExceptionHandler() {
        this(Clock.systemUTC());
    }

    RejectingExceptionHandler(Clock clock) {
        rejections = new Rejections(clock);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        serializer.configure(configs, false);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception cause) {
        return DeserializationExceptionHandler.Response.resume(
                dead(context, new Rejected(UNREADABLE_RECORD, cause.toString())));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception cause) {
        if (cause instanceof RetriableException) {
            // Something is away that may come back, a schema registry for example.
            return ProcessingExceptionHandler.Response.fail();
        }
        return ProcessingExceptionHandler.Response.resume(
                dead(context, new Rejected(DECODE_FAILED, "preparation failed on it: " + cause)));
    }

    /** Only what is wrong with the record itself is passed over; the rest must stop the thread. */
    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception cause) {
        if (cause instanceof RecordTooLargeException) {
            return ProductionExceptionHandler.Response.resume(
                    dead(context, new Rejected(TOO_MANY_BYTES, cause.getMessage())));
        }
        return ProductionExceptionHandler.Response.fail();
    }

    private List<ProducerRecord<byte[], byte[]>> dead(ErrorHandlerContext context, Rejected why) {
        RejectedImage rejected =
                rejections.of(
                        null,
                        why,
                        new Coordinates(context.topic(), context.partition(), context.offset()),
                        -1);
        byte[] value = serializer.serialize(Topics.IMAGES_REJECTED, rejected);
        return List.of(new ProducerRecord<>(Topics.IMAGES_REJECTED, null, value));
    }
}
