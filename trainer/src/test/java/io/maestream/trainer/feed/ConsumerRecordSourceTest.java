package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.trainer.feed.LagPolicy.ProcessAll;
import io.maestream.trainer.feed.LagPolicy.SkipToFresh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerRecordSourceTest {

    private static final TopicPartition P0 = new TopicPartition("images.prepared", 0);
    private static final PartitionId ID = new PartitionId("images.prepared", 0);

    @Test
    void shouldPassOverTheOldestBeforeItTakesAnything() {
        // Given a hundred records
        ConsumerRecordSource source = source(new SkipToFresh(40), 100);

        // When it is polled first
        List<StreamRecord> polled = source.poll(true, Duration.ZERO);

        // Then twenty are left, and the gap is told once
        assertThat(polled).hasSize(20).first().extracting(r -> r.ref().offset()).isEqualTo(80L);
        assertThat(source.passedOver()).containsExactly(new Gap(ID, 0, 80));
        assertThat(source.passedOver()).isEmpty();
    }

    @Test
    void shouldPassOverNothingWhileItIsPausedOrWhenAllIsProcessed() {
        ConsumerRecordSource paused = source(new SkipToFresh(40), 100);
        assertThat(paused.poll(false, Duration.ZERO)).isEmpty();
        assertThat(paused.passedOver()).isEmpty();

        ConsumerRecordSource all = source(new ProcessAll(), 100);
        assertThat(all.poll(true, Duration.ZERO)).hasSize(100);
        assertThat(all.passedOver()).isEmpty();
    }

    private static ConsumerRecordSource source(LagPolicy policy, int records) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(P0));
        consumer.updateBeginningOffsets(Map.of(P0, 0L));
        consumer.updateEndOffsets(Map.of(P0, (long) records));
        consumer.seek(P0, 0);
        for (int i = 0; i < records; i++) {
            consumer.addRecord(
                    new ConsumerRecord<>(P0.topic(), P0.partition(), i, "key", new byte[1]));
        }
        return new ConsumerRecordSource(consumer, policy, StreamWatcher.NONE);
    }
}
