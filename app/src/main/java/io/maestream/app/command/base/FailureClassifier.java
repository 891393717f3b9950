package io.maestream.app.command.base;

import io.maestream.app.broker.BrokerStartException;
import io.maestream.app.broker.DataDirectoryInUseException;
import io.maestream.app.config.BadConfigurationException;
import io.maestream.checkpoints.StoreRefusedException;
import io.maestream.checkpoints.StoreUnreachableException;
import io.maestream.follower.RefusedCheckpointException;
import io.maestream.schemas.wire.RegistryUnavailableException;
import io.maestream.schemas.wire.SchemaRefusedException;
import io.maestream.trainer.NotReplayableException;
import io.maestream.trainer.checkpoint.CheckpointOverdueException;
import io.maestream.trainer.checkpoint.DivergedException;
import io.maestream.trainer.checkpoint.EventsLostException;
import io.maestream.trainer.checkpoint.FencedException;
import io.maestream.trainer.checkpoint.UnrecoverableException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Decides which exit code a failure deserves and which line a person reads. */
public final class FailureClassifier {
    private record Rule(Class<? extends Throwable> type, ExitCode code, String remedy) {}

    /** The first that fits decides; an unknown topic is retriable to Kafka but not to a person. */
    private static final List<Rule> RULES =
            List.of(
                    new Rule(BadConfigurationException.class, ExitCode.BAD_CONFIGURATION, ""),
                    new Rule(ConfigException.class, ExitCode.BAD_CONFIGURATION, ""),
                    new Rule(
                            AuthenticationException.class,
                            ExitCode.BAD_CONFIGURATION,
                            "check the kafka.security and kafka.sasl keys"),
                    new Rule(
                            AuthorizationException.class,
                            ExitCode.BAD_CONFIGURATION,
                            "give the user the right on the broker"),
                    new Rule(FencedException.class, ExitCode.FENCED, ""),
                    new Rule(CheckpointOverdueException.class, ExitCode.NOT_KEPT, ""),
                    new Rule(DivergedException.class, ExitCode.DIVERGED, ""),
                    new Rule(UnrecoverableException.class, ExitCode.VERIFICATION_FAILED, ""),
                    new Rule(RefusedCheckpointException.class, ExitCode.VERIFICATION_FAILED, ""),
                    new Rule(SchemaRefusedException.class, ExitCode.BAD_CONFIGURATION, ""),
                    new Rule(RegistryUnavailableException.class, ExitCode.UNREACHABLE, ""),
                    new Rule(StoreRefusedException.class, ExitCode.BAD_CONFIGURATION, ""),
                    new Rule(StoreUnreachableException.class, ExitCode.UNREACHABLE, ""),
                    new Rule(EventsLostException.class, ExitCode.EVENTS_LOST, ""),
                    new Rule(NotReplayableException.class, ExitCode.NOT_FOUND, ""),
                    new Rule(DataDirectoryInUseException.class, ExitCode.IN_USE, ""),
                    new Rule(BrokerStartException.class, ExitCode.IN_USE, ""),
                    new Rule(
                            UnknownTopicOrPartitionException.class,
                            ExitCode.NOT_FOUND,
                            "create the topics first: maestream topics create"),
                    new Rule(
                            ProducerFencedException.class,
                            ExitCode.FENCED,
                            "another process with this run's id is at work"),
                    new Rule(
                            InvalidProducerEpochException.class,
                            ExitCode.FENCED,
                            "another process with this run's id is at work"),
                    new Rule(
                            FencedInstanceIdException.class,
                            ExitCode.FENCED,
                            "another process with this run's id is at work"),
                    new Rule(
                            RetriableException.class,
                            ExitCode.UNREACHABLE,
                            "is the broker running, and kafka.bootstrap.servers right?"),
                    new Rule(NoSuchFileException.class, ExitCode.NOT_FOUND, "no such file"));

    private FailureClassifier() {}

    /** The failure itself if it knows, else by the first cause that a rule fits. */
    public static CommandFailure classify(Throwable failure) {
        Throwable outer = unwrapped(failure);
        for (Throwable t = outer; t != null; t = t.getCause()) {
            if (t instanceof CommandFailure known) {
                return known;
            }
            for (Rule rule : RULES) {
                if (rule.type().isInstance(t)) {
                    return new CommandFailure(rule.code(), line(outer, rule.remedy()), failure);
                }
            }
        }
        return new CommandFailure(ExitCode.UNEXPECTED, line(outer, ""), failure);
    }

    /** Without wrappers that say nothing themselves. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean saysNothing =
                failure instanceof ExecutionException
                        || failure instanceof CompletionException
                        || failure.getMessage() == null
                        || (cause != null && failure.getMessage().equals(cause.toString()));
        return saysNothing && cause != null ? unwrapped(cause) : failure;
    }

    private static String line(Throwable failure, String remedy) {
        String message = failure.getMessage();
        String what =
                message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return remedy.isEmpty() ? what : what + " (" + remedy + ")";
    }
}
