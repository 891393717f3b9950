package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class CheckpointTransactionTest {

    private final MockProducer<String, CheckpointCommitted> producer =
            new MockProducer<>(
                    true,
                    null,
                    new StringSerializer(),
                    AvroSerde.serializer(CheckpointCommitted.class));
    private final CheckpointTransaction transaction = new CheckpointTransaction(producer);
    private final ConsumerGroupMetadata group =
            new MockConsumer<String, byte[]>("earliest").groupMetadata();

    @Test
    void shouldCommitTheEventTheLatestPointerAndTheOffsetsTogether() {
        CheckpointCommitted event = Events.committed("step-000000010-aaaaaaaa", 10, 400);
        transaction.takeOver();

        transaction.commit(event, group);

        assertThat(producer.transactionCommitted()).isTrue();
        assertThat(producer.history())
                .extracting(sent -> sent.topic())
                .containsExactly(Topics.CHECKPOINTS, Topics.CHECKPOINTS_LATEST);
        assertThat(producer.history())
                .allSatisfy(
                        sent -> {
                            assertThat(sent.key()).isEqualTo("run");
                            assertThat(CloudEventHeaders.text(sent.headers(), CloudEventHeaders.ID))
                                    .isEqualTo("step-000000010-aaaaaaaa");
                        });
        assertThat(producer.consumerGroupOffsetsHistory())
                .singleElement()
                .satisfies(
                        offsets ->
                                assertThat(offsets.get(group.groupId()))
                                        .isEqualTo(
                                                Map.of(
                                                        new TopicPartition("images.prepared", 0),
                                                        new OffsetAndMetadata(
                                                                400, "step-000000010-aaaaaaaa"))));
    }

    @Test
    void shouldMoveNeitherTheLatestPointerNorTheOffsetsForARelease() {
        CheckpointCommitted event =
                Events.release(Events.committed("step-000000010-aaaaaaaa", 10, 400), "parent");
        transaction.takeOver();

        transaction.commit(event, group);

        assertThat(producer.transactionCommitted()).isTrue();
        assertThat(producer.history())
                .extracting(sent -> sent.topic())
                .containsExactly(Topics.CHECKPOINTS);
        assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void shouldAskAgainForTheOutcomeWhenNoBrokerAnswers() {
        // Given a broker that answers the third time
        Unanswered unanswered = new Unanswered(2);
        CheckpointTransaction patient = new CheckpointTransaction(unanswered);
        patient.takeOver();

        // When
        patient.commit(Events.committed("step-1-aaaaaaaa", 1, 40), group);

        // Then nothing was aborted on the way
        assertThat(unanswered.timeouts).isZero();
        assertThat(unanswered.transactionAborted()).isFalse();
        assertThat(unanswered.history()).hasSize(2);
    }

    @Test
    void shouldPublishNothingAndSayThatAnotherTryCanHelpWhenTheGroupIsChanging() {
        transaction.takeOver();
        producer.sendOffsetsToTransactionException = new CommitFailedException("rebalance");

        assertThatThrownBy(
                        () -> transaction.commit(Events.committed("step-1-aaaaaaaa", 1, 40), group))
                .isInstanceOf(NotCommittedException.class);

        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
        assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void shouldNotPromiseThatAnotherTryHelpsWhenTheBrokerRefuses() {
        transaction.takeOver();
        producer.commitTransactionException = new TopicAuthorizationException("checkpoints");

        assertThatThrownBy(
                        () -> transaction.commit(Events.committed("step-1-aaaaaaaa", 1, 40), group))
                .isInstanceOf(TopicAuthorizationException.class);

        assertThat(producer.transactionAborted()).isTrue();
    }

    @Test
    void shouldTakeATransactionThatTheCoordinatorGaveUpForFencing() {
        transaction.takeOver();
        producer.commitTransactionException =
                new KafkaException("fatal", new InvalidTxnStateException("timed out"));

        assertThatThrownBy(
                        () -> transaction.commit(Events.committed("step-1-aaaaaaaa", 1, 40), group))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void shouldStopWithoutPublishingWhenAnotherTrainerTookOver() {
        transaction.takeOver();
        producer.fenceProducer();

        assertThatThrownBy(
                        () -> transaction.commit(Events.committed("step-1-aaaaaaaa", 1, 40), group))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("run 'run'");

        assertThat(producer.history()).isEmpty();
    }

    /** Whose first commits time out. */
    private static final class Unanswered extends MockProducer<String, CheckpointCommitted> {

        private int timeouts;

        Unanswered(int timeouts) {
            super(
                    true,
                    null,
                    new StringSerializer(),
                    AvroSerde.serializer(CheckpointCommitted.class));
            this.timeouts = timeouts;
        }

        @Override
        public void commitTransaction() {
            if (timeouts > 0) {
                timeouts--;
                throw new TimeoutException("no broker");
            }
            super.commitTransaction();
        }
    }
}
