package io.maestream.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);
    private static final int THREE_MEBIBYTES = 3 << 20;

    @TempDir Path dataDir;

    @Test
    void shouldKeepRecordsWhenRestartedOnAnotherPort() throws Exception {
        // Given a broker with a record larger than Kafka's own default allows
        String first;
        try (var broker = new EmbeddedBroker(settings(0)).start()) {
            first = broker.bootstrapServers();
            createTopic(first);
            produce(first, new byte[THREE_MEBIBYTES]);
        }

        // When the broker starts again on the same directory
        try (var broker = new EmbeddedBroker(settings(0)).start()) {
            List<ConsumerRecord<byte[], byte[]>> records = readAll(broker.bootstrapServers());

            // Then the record is still there
            assertThat(records).hasSize(1);
            assertThat(records.get(0).value()).hasSize(THREE_MEBIBYTES);
        }
    }

    @Test
    void shouldSayWhoIsInTheWayWhenTheDirectoryIsInUse() {
        // Given a broker that runs; starting it twice is no error
        try (var running = new EmbeddedBroker(settings(0)).start().start()) {
            assertThat(running.bootstrapServers()).startsWith("127.0.0.1:");

            // When another one wants the same directory
            var second = new EmbeddedBroker(settings(0));

            // Then the error names the directory and the remedy
            assertThatThrownBy(second::start)
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("--data-dir");
        }
    }

    @Test
    void shouldFailClearlyAndLetGoWhenThePortIsTaken() throws Exception {
        // Given a port that something else listens on
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var broker = new EmbeddedBroker(settings(taken.getLocalPort()));

            // When the broker wants it, then the error names it
            assertThatThrownBy(broker::start)
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
            assertThatThrownBy(broker::bootstrapServers).isInstanceOf(IllegalStateException.class);
        }

        // And the directory is free again
        DirectoryLock.take(dataDir).close();
    }

    private BrokerSettings settings(int port) {
        return new BrokerSettings(dataDir, port, 16 << 20);
    }

    private static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var topic =
                    new NewTopic(PARTITION.topic(), 1, (short) 1)
                            .configs(Map.of("max.message.bytes", "8388608"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void produce(String bootstrap, byte[] value) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrap, "max.request.size", 8 << 20);
        try (var producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<byte[], byte[]>(PARTITION.topic(), value)).get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(String bootstrap) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap);
        try (var consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            return consumer.poll(Duration.ofSeconds(20)).records(PARTITION);
        }
    }
}
