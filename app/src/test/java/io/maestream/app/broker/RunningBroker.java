package io.maestream.app.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker that lives as long as the class of tests that registers it. */
public final class RunningBroker implements BeforeAllCallback, AfterAllCallback {
    private Path directory;
    private EmbeddedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("running-broker");
        broker = new EmbeddedBroker(new BrokerSettings(directory, 0, 64 << 20)).start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (broker != null) {
            broker.close();
        }
        Utils.delete(directory.toFile());
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }
}
