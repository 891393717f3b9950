package io.maestream.app.bench;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.StopCondition;
import io.maestream.trainer.TrainerParts;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The whole service on records that already lie in Kafka: polled, decoded, trained on, reported.
 * The broker runs in this process, on the same cores.
 */
public final class PipelineBench {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 192;
    private static final int MESSAGE_BYTES = 64 << 20;

    private final Path directory;
    private final TopicSettings topics;

    /**
     * Keeps broker and checkpoints here.
     *
     * @param directory empty, the caller's to delete
     */
    public PipelineBench(Path directory, TopicSettings topics) {
        this.directory = directory;
        this.topics = topics;
    }

    /**
     * Trains so many steps.
     *
     * @param settings with a checkpoint directory of their own
     * @param warmup steps before those, which are not counted: Java still compiles what runs often
     */
    public PipelineReport run(TrainerSettings settings, int warmup, int steps)
            throws IOException, InterruptedException {
        Recorder recorder = new Recorder();
        train(settings, warmup + steps, stop -> recorder);
        return PipelineReport.of(recorder.steps, warmup, settings.training().batchSize());
    }

    /** Trains so many steps and samples this process's resident memory after each. */
    public MemoryReport soak(TrainerSettings settings, int steps)
            throws IOException, InterruptedException {
        List<MemoryReport.Sample> samples = new ArrayList<>();
        TrainingObserver sampler =
                new TrainingObserver() {
                    @Override
                    public void stepped(StepReport step) {
                        samples.add(
                                new MemoryReport.Sample(
                                        ResidentMemory.currentKibibytes() / 1024.0,
                                        step.arraysHeld()));
                    }
                };
        train(settings, steps, stop -> sampler);
        return MemoryReport.of(samples);
    }

    /**
     * Trains until so many checkpoints are committed, and measures how long the loop of steps
     * pauses for each.
     *
     * @param steps at most
     */
    public CheckpointReport checkpoints(TrainerSettings settings, int checkpoints, int steps)
            throws IOException, InterruptedException {
        PauseRecorder recorder = new PauseRecorder();
        train(settings, steps, stop -> recorder.stoppingAfter(checkpoints, stop));
        return recorder.report();
    }

    /**
     * @param observer made from what stops the training
     */
    private void train(
            TrainerSettings settings, int steps, Function<Runnable, TrainingObserver> observer)
            throws IOException, InterruptedException {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(directory, 0, MESSAGE_BYTES)).start()) {
            KafkaClients clients =
                    new KafkaClients(KafkaSettings.of(broker.bootstrapServers()), topics);
            try (var admin = clients.admin()) {
                Topics.create(admin, topics);
            }
            int ahead = settings.feed().prefetch() + 2;
            publish(
                    clients,
                    settings.feed().bufferCapacity()
                            + (steps + ahead) * settings.training().batchSize());
            StopCondition stop = new StopCondition(steps);
            new TrainerService(
                            new TrainerParts(
                                    settings.until(steps),
                                    clients,
                                    new FileSystemStore(directory.resolve("checkpoints")),
                                    List.of(observer.apply(stop::request)),
                                    Clock.systemUTC()),
                            stop)
                    .run();
        }
    }

    private static void publish(KafkaClients clients, int images)
            throws IOException, InterruptedException {
        SimulationSettings cameras =
                new SimulationSettings(4, WIDTH, HEIGHT, 0, 1, 0, images / 4 + 1, 0);
        try (SimulatedCameraSource source = new SimulatedCameraSource(cameras, Pacer.realTime());
                Producer<String, PreparedImage> producer =
                        clients.producer(
                                AvroSerde.serializer(PreparedImage.class),
                                KafkaClients.UNCOMPRESSED)) {
            Optional<SourceImage> next = source.next();
            while (next.isPresent()) {
                SourceImage image = next.get();
                producer.send(
                        new ProducerRecord<>(
                                Topics.IMAGES_PREPARED, image.sourceId(), prepared(image)));
                next = source.next();
            }
            producer.flush();
        }
    }

    private static PreparedImage prepared(SourceImage image) {
        return PreparedImage.newBuilder()
                .setImageId(image.imageId())
                .setSourceId(image.sourceId())
                .setSequence(image.sequence())
                .setCapturedAt(image.capturedAt())
                .setWidth(WIDTH)
                .setHeight(HEIGHT)
                .setChannels(3)
                .setFormat("jpeg")
                .setPayload(ByteBuffer.wrap(image.bytes()))
                .setRawPartition(0)
                .setRawOffset(image.sequence())
                .build();
    }

    /** Keeps what every step reported, and when. */
    private static final class Recorder implements TrainingObserver {
        private final List<PipelineReport.TimedStep> steps = new ArrayList<>();

        @Override
        public void stepped(StepReport step) {
            steps.add(new PipelineReport.TimedStep(System.nanoTime(), step.timing()));
        }
    }
}
