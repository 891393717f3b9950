package io.maestream.app.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The settings of a single KRaft node that is broker and controller at once and listens on loopback
 * only.
 */
final class NodeConfig {
    static final String NODE_ID = "1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String HOST = "127.0.0.1";

    private NodeConfig() {}

    static Properties of(Path logDirectory, int port, int controllerPort, int maxMessageBytes) {
        Properties node = new Properties();
        String broker = "PLAINTEXT://" + HOST + ":" + port;
        String controller = HOST + ":" + controllerPort;
        node.put("process.roles", "broker,controller");
        node.put("node.id", NODE_ID);
        node.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        node.put("advertised.listeners", broker);
        node.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        node.put("inter.broker.listener.name", "PLAINTEXT");
        node.put("controller.listener.names", CONTROLLER_LISTENER);
        node.put("controller.quorum.voters", NODE_ID + "@" + controller);
        node.put("log.dirs", logDirectory.toAbsolutePath().toString());
        node.put("message.max.bytes", Integer.toString(maxMessageBytes));
        node.put("socket.request.max.bytes", Integer.toString(requestLimit(maxMessageBytes)));
        internalTopics(node);
        smallMachine(node);
        return node;
    }

    /** A produce request carries a batch and its headers; Kafka's own default is 100 MiB. */
    private static int requestLimit(int maxMessageBytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(100L << 20, maxMessageBytes * 2L));
    }

    /** Kafka's defaults, fifty partitions on three brokers, never come up on one. */
    private static void internalTopics(Properties node) {
        node.put("offsets.topic.num.partitions", "4");
        node.put("offsets.topic.replication.factor", "1");
        node.put("transaction.state.log.num.partitions", "4");
        node.put("transaction.state.log.replication.factor", "1");
        node.put("transaction.state.log.min.isr", "1");
        node.put("share.coordinator.state.topic.num.partitions", "1");
        node.put("share.coordinator.state.topic.replication.factor", "1");
        node.put("share.coordinator.state.topic.min.isr", "1");
        node.put("default.replication.factor", "1");
        node.put("min.insync.replicas", "1");
    }

    private static void smallMachine(Properties node) {
        // The first member of a group waits 3 s for others otherwise.
        node.put("group.initial.rebalance.delay.ms", "0");
        node.put("auto.create.topics.enable", "false");
        node.put("log.segment.bytes", "67108864");
        // 128 MiB of heap by default.
        node.put("log.cleaner.dedupe.buffer.size", "4194304");
        node.put("num.network.threads", "2");
        node.put("num.io.threads", "4");
        node.put("background.threads", "2");
        node.put("num.replica.fetchers", "1");
        // After a kill -9 the restarted broker waits until its former registration expires.
        node.put("broker.session.timeout.ms", "3000");
        node.put("broker.heartbeat.interval.ms", "500");
        // Readers of committed records wait behind a transaction that nobody ends.
        node.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // On one machine a dead member can be told from a slow one sooner than in 6 s.
        node.put("group.min.session.timeout.ms", "1000");
        node.put("metric.reporters", "");
    }
}
