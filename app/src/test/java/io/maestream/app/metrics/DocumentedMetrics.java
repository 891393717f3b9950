package io.maestream.app.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of metrics in docs/operations.md: under a heading for each kind of process. */
public final class DocumentedMetrics {

    public static final Path DOCUMENT = Path.of("../docs/operations.md");

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\| [^|]+ \\|");

    private final List<Row> rows;

    /** One metric; the labels as they are exposed. */
    public record Row(String section, String name, String type, Set<String> labels) {}

    private DocumentedMetrics(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    public static DocumentedMetrics read() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("#")) {
                section = line.replaceFirst("^#+ ", "");
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(section, row.group(1), row.group(2), labels(row.group(4))));
            }
        }
        return new DocumentedMetrics(rows);
    }

    /** Those under these headings. */
    public List<Row> of(String... sections) {
        List<String> wanted = List.of(sections);
        return rows.stream().filter(row -> wanted.contains(row.section())).toList();
    }

    /**
     * Every name that a query may use: of a summary and of a histogram those of its parts as well.
     */
    public Set<String> queryable() {
        return rows.stream()
                .flatMap(
                        row ->
                                row.type().equals("summary")
                                        ? List.of(row.name() + "_sum", row.name() + "_count")
                                                .stream()
                                        : List.of(row.name()).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(String cell) {
        return Pattern.compile("`([a-z_]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
