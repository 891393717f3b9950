package io.maestream.app.command.broker;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.topic.TopicReport;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.TopicSpec;
import io.maestream.schemas.topic.Topics;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Creates what is missing. */
@Command(
        name = "create",
        description = {
            "Creates the topics that are missing. Those that exist stay as they are; where they"
                    + " differ from what Maestream wants, it says so.",
            ""
        },
        footer = {
            "",
            "Example: maestream topics create --bootstrap kafka:9092 --set"
                    + " topics.replication.factor=3"
        })
final class TopicsCreateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    TopicsCreateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        TopicSettings settings = config.get(Sections.TOPICS);
        try (Admin admin = BrokerOptions.connect(config).admin()) {
            print(Topics.create(admin, settings), settings);
        }
        return ExitCode.OK.status();
    }

    private void print(TopicReport report, TopicSettings settings) {
        var out = spec.commandLine().getOut();
        Table table = new Table("TOPIC", "PARTITIONS", "");
        for (TopicSpec topic : Topics.all(settings)) {
            String state = report.created().contains(topic.name()) ? "created" : "was there";
            table.row(topic.name(), topic.partitions(), state);
        }
        table.lines().forEach(out::println);
        report.differing()
                .forEach(
                        d ->
                                out.println(
                                        "note: %s has %s %s, wanted is %s; left as it is"
                                                .formatted(
                                                        d.topic(),
                                                        d.property(),
                                                        d.found(),
                                                        d.wanted())));
        out.flush();
    }
}
