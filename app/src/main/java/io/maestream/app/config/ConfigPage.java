package io.maestream.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The documentation of all keys as Markdown, generated from what they are declared with. */
public final class ConfigPage {
    private static final String HEADINGS =
            "| key | type | default | values | importance | meaning |\n|---|---|---|---|---|---|";

    private final ConfigCatalog catalog;
    private final Map<String, Chapter> chapters;
    private final Map<String, String> belowDataDir;
    private final Set<String> written = new HashSet<>();

    /**
     * @param chapters by the name of a section
     * @param belowDataDir keys whose default lies in the data directory, and under which name
     */
    public ConfigPage(
            ConfigCatalog catalog,
            Map<String, Chapter> chapters,
            Map<String, String> belowDataDir) {
        this.catalog = catalog;
        this.chapters = chapters;
        this.belowDataDir = belowDataDir;
    }

    /** A heading and a table for each section; a key stands where it is declared first. */
    public List<String> lines() {
        written.clear();
        List<String> lines = new ArrayList<>();
        for (ConfigSection<?> section : catalog.sections()) {
            List<String> rows = rows(section);
            if (!rows.isEmpty()) {
                addChapter(lines, chapter(section));
                lines.add(HEADINGS);
                lines.addAll(rows);
                lines.add("");
            }
        }
        return lines;
    }

    private Chapter chapter(ConfigSection<?> section) {
        return chapters.getOrDefault(
                section.name(), new Chapter("The section " + section.name(), ""));
    }

    private static void addChapter(List<String> lines, Chapter chapter) {
        lines.add("## " + chapter.title());
        lines.add("");
        if (!chapter.readers().isEmpty()) {
            lines.add(chapter.readers());
            lines.add("");
        }
    }

    private List<String> rows(ConfigSection<?> section) {
        Map<String, String> rows = new TreeMap<>();
        section.definition().configKeys().values().stream()
                .filter(key -> written.add(key.name))
                .forEach(key -> rows.put(key.name, row(key, key.name)));
        catalog.families().stream()
                .filter(family -> family.prefix().equals(section.name() + "."))
                .forEach(
                        family ->
                                family.definition().configKeys().values().stream()
                                        .forEach(
                                                key ->
                                                        rows.put(
                                                                "~" + key.name,
                                                                row(
                                                                        key,
                                                                        family.prefix()
                                                                                + "NAME."
                                                                                + key.name))));
        return List.copyOf(rows.values());
    }

    private String row(ConfigKey key, String name) {
        return cells(
                "`" + name + "`",
                key.type.name().toLowerCase(Locale.ROOT),
                defaultOf(key),
                ValidValues.of(key),
                key.importance.name().toLowerCase(Locale.ROOT),
                key.documentation);
    }

    private String defaultOf(ConfigKey key) {
        String below = belowDataDir.get(key.name);
        if (below != null) {
            return "`" + below + "` in `data.dir`";
        }
        if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
            return "required";
        }
        String text = DefaultText.of(key);
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String cells(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(cell.isEmpty() ? " " : " " + cell.replace("|", "\\|") + " ").append('|');
        }
        return row.toString();
    }
}
