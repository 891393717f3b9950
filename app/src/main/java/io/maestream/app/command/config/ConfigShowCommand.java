package io.maestream.app.command.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.config.EffectiveValue;
import io.maestream.app.demo.DemoDefaults;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the configuration that applies. */
@Command(
        name = "show",
        description = {
            "Shows every key's value, as a service with these options would have it, and where the"
                    + " value comes from. Secrets are hidden.",
            ""
        },
        footer = {
            "",
            "Example: maestream config show train. --config trainer.properties",
            "Example: maestream config show --json | jq 'select(.from != \"default\")'"
        })
final class ConfigShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "PREFIX",
            arity = "0..1",
            defaultValue = "",
            description = "Only keys that begin like this; all by default.")
    private String prefix;

    @Option(names = "--changed", description = "Only what is not the default.")
    private boolean changed;

    @Option(names = "--demo", description = "With the defaults that demo has of its own.")
    private boolean demo;

    @Option(names = "--json", description = "One object for each key, a line each.")
    private boolean json;

    ConfigShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<EffectiveValue> all =
                common.load(surroundings, Map.of(), demo ? DemoDefaults.CAMERAS : Map.of())
                        .values();
        List<EffectiveValue> wanted =
                all.stream().filter(value -> value.key().startsWith(prefix)).toList();
        if (wanted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "PREFIX: no key begins with " + prefix);
        }
        print(wanted.stream().filter(value -> value.isSet() || !changed).toList());
        return ExitCode.OK.status();
    }

    private void print(List<EffectiveValue> values) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            values.forEach(value -> out.println(object(value)));
        } else if (values.isEmpty()) {
            out.println("Every key has its default");
        } else {
            // Values line up to the left, also figures: they are read one by one.
            Table table = Table.flushLeft("KEY", "VALUE", "FROM");
            values.forEach(value -> table.row(value.key(), value.value(), value.origin()));
            table.lines().forEach(out::println);
        }
        out.flush();
    }

    private static ObjectNode object(EffectiveValue value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", value.key())
                .put("value", value.value())
                .put("from", value.origin());
    }
}
