package io.maestream.app.demo;

import io.maestream.app.Payloads;
import io.maestream.ingest.prepare.LoggingPrepareObserver;
import io.maestream.ingest.prepare.PreparationService;
import io.maestream.ingest.prepare.PreparationServiceSettings;
import io.maestream.ingest.publish.ImagePublisher;
import io.maestream.ingest.publish.LoggingPublishObserver;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.ingest.publish.SourcePump;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The real services, as they also run on their own. */
public final class ServiceParts implements DemoParts {
    private final DemoSource source;
    private final Settings settings;
    private final TrainingOpener trainer;

    /** What the services are told. */
    public record Settings(
            TopicSettings topics,
            PublishSettings publish,
            Payloads payloads,
            PreparationServiceSettings prepare) {}

    /** Makes the trainer. */
    @FunctionalInterface
    public interface TrainingOpener {
        /** A trainer on these brokers that stops at a step, if there is one. */
        Training open(KafkaSettings kafka, OptionalLong untilStep);
    }

    /** Images of this source, and this trainer. */
    public ServiceParts(DemoSource source, Settings settings, TrainingOpener trainer) {
        this.source = source;
        this.settings = settings;
        this.trainer = trainer;
    }

    @Override
    public Worker source(KafkaSettings kafka) {
        KafkaClients clients = new KafkaClients(kafka, settings.topics());
        var observer = new LoggingPublishObserver();
        SourcePump pump =
                new SourcePump(
                        source.open(published(clients), settings.topics()),
                        new ImagePublisher(
                                new RawImageSender(
                                        clients, settings.publish(), settings.payloads().writer()),
                                observer),
                        observer);
        return new Worker("source", () -> ServiceRuns.pump(pump), pump::stop);
    }

    @Override
    public Worker preparation(KafkaSettings kafka) {
        PreparationService service =
                new PreparationService(
                        new KafkaClients(kafka, settings.topics()),
                        settings.prepare(),
                        settings.payloads().reader(),
                        new LoggingPrepareObserver());
        return new Worker("preparation", () -> ServiceRuns.prepare(service), service::close);
    }

    @Override
    public Training training(KafkaSettings kafka, OptionalLong untilStep) {
        return trainer.open(kafka, untilStep);
    }

    private static long published(KafkaClients clients) {
        try (var consumer = clients.consumer(new ByteArrayDeserializer(), Map.of())) {
            var partitions =
                    consumer.partitionsFor(Topics.IMAGES_RAW).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
