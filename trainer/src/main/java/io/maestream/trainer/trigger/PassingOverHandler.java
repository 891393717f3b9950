package io.maestream.trainer.trigger;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over records that cannot be read, with a line in the log: a report that is lost costs a
 * detector one step. Kafka Streams builds it by name.
 */
public final class PassingOverHandler implements DeserializationExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PassingOverHandler.class);

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception cause) {
        boolean mayPass =
                Stream.iterate((Throwable) cause, found -> found != null, Throwable::getCause)
                        .anyMatch(RetriableException.class::isInstance);
        if (mayPass) {
            // Something is away that may come back, a schema registry for example.
            return Response.fail();
        }
        LOG.warn(
                "passed over an unreadable record: {}-{} offset {}: {}",
                context.topic(),
                context.partition(),
                context.offset(),
                cause.getMessage());
        return Response.resume(List.of());
    }
}
