package io.maestream.app.command;

import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is running. */
@Command(
        name = "version",
        description = "Shows the versions of Maestream, Kafka's clients and Java.",
        footer = {"", "Example: maestream version"})
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.println("Maestream " + version());
        out.println("Kafka " + AppInfoParser.getVersion());
        out.println(
                "Java "
                        + Runtime.version()
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch"));
        return ExitCode.OK.status();
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("/maestream.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
