package io.maestream.app;

import io.maestream.app.config.Chapter;
import io.maestream.app.config.ConfigPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code docs/configuration.md}. */
public final class Documentation {
    private static final List<String> INTRODUCTION =
            List.of(
                    "# Configuration",
                    "",
                    "<!-- Generated. Do not edit; run: ./maestream config docs > docs/configuration.md -->",
                    "",
                    "A key's value comes from, the weakest first: its default, a properties file (`--config"
                            + " FILE`), the environment, `--set KEY=VALUE`, and the command's own option for it"
                            + " if it has one. The variable of a key is its name in capitals, with underscores:"
                            + " `MAESTREAM_TRAIN_BATCH_SIZE` is `train.batch.size`. Passwords, tokens and keys"
                            + " come from file or environment only, and are never shown or logged.",
                    "",
                    "`maestream config show` prints what applies here and where each value comes from;"
                            + " `maestream config check` reports all mistakes at once. An unknown key is a"
                            + " mistake, and the nearest known one is named. `kafka.*` goes to all of Kafka's"
                            + " clients as it is, `kafka.consumer.*`, `kafka.producer.*` and `kafka.streams.*`"
                            + " to these only; see"
                            + " [Kafka's documentation](https://kafka.apache.org/documentation/#configuration).",
                    "");

    private static final Map<String, Chapter> CHAPTERS =
            Map.ofEntries(
                    Map.entry(
                            "broker",
                            new Chapter(
                                    "Data directory and embedded broker",
                                    "Every command reads `data.dir`; `demo`, `broker` and `bench` read the"
                                            + " rest.")),
                    Map.entry("log", new Chapter("Log", "Read by every command.")),
                    Map.entry(
                            "kafka",
                            new Chapter(
                                    "Kafka and schema registry",
                                    "Read by every command that talks to a broker.")),
                    Map.entry(
                            "topics",
                            new Chapter(
                                    "Topics",
                                    "Read by `topics create`; the limits on images also by `ingest`,"
                                            + " `prepare` and `train`.")),
                    Map.entry(
                            "simulate",
                            new Chapter(
                                    "Simulated cameras", "Read by `ingest simulate` and `demo`.")),
                    Map.entry(
                            "source",
                            new Chapter(
                                    "Sources",
                                    "Read by `ingest`. NAME stands for any name of small letters and"
                                            + " digits; each is one source of `ingest run`.")),
                    Map.entry("http", new Chapter("Uploads", "Read by `ingest http`.")),
                    Map.entry(
                            "publish",
                            new Chapter(
                                    "Publishing",
                                    "Read by `ingest` and `demo`; where payloads lie also by `prepare`.")),
                    Map.entry(
                            "prepare", new Chapter("Preparation", "Read by `prepare` and `demo`.")),
                    Map.entry(
                            "checkpoint",
                            new Chapter(
                                    "Checkpoint store",
                                    "Read by `train`, `demo`, `checkpoints`, `embed`, `reconstruct`,"
                                            + " `audit` and `replay`.")),
                    Map.entry(
                            "train",
                            new Chapter(
                                    "Training",
                                    "Read by `train` and `demo`; by `replay`, which must be told the same.")),
                    Map.entry(
                            "payload",
                            new Chapter(
                                    "Object store of large images",
                                    "Read by `ingest` and `prepare`, where `payload.dir` is in a bucket.")),
                    Map.entry(
                            "trigger",
                            new Chapter(
                                    "Triggers", "Read by `trigger`, and by `train` and `demo`.")),
                    Map.entry(
                            "metrics",
                            new Chapter("Metrics", "Read by `ingest`, `prepare` and `trigger`.")),
                    Map.entry(
                            "dashboard", new Chapter("Dashboard", "Read by `train` and `demo`.")));

    private Documentation() {}

    /**
     * All of it.
     *
     * @param demo defaults that the demo has of its own
     */
    public static List<String> configuration(Map<String, String> demo) {
        List<String> lines = new ArrayList<>(INTRODUCTION);
        lines.addAll(new ConfigPage(Sections.catalog(), CHAPTERS, Settings.belowDataDir()).lines());
        lines.add("## What `demo` does differently");
        lines.add("");
        lines.add("Defaults of its own, for a small machine and a short time:");
        lines.add("");
        lines.add("| key | default |");
        lines.add("|---|---|");
        new TreeMap<>(demo)
                .forEach((key, value) -> lines.add("| `" + key + "` | `" + value + "` |"));
        return lines;
    }
}
