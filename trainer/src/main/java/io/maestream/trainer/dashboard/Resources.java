package io.maestream.trainer.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page's files: a fixed list, read once, so that no path leads anywhere else. */
final class Resources {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "json", "application/json; charset=utf-8");

    private final Map<String, Resource> byPath = new HashMap<>();

    /** One file. */
    record Resource(String type, byte[] bytes) {}

    Resources() {
        add("/", "page.html");
        add("/page.css", "page.css");
        add("/page.js", "page.js");
        add("/charts.js", "charts.js");
        add("/tables.js", "tables.js");
        add("/lineage.js", "lineage.js");
        add("/commands.js", "commands.js");
        add("/icon.svg", "icon.svg");
        add("/api/openapi.json", "openapi.json");
        add("/uplot.js", UPLOT + "uPlot.iife.min.js");
        add("/uplot.css", UPLOT + "uPlot.min.css");
    }

    Set<String> paths() {
        return byPath.keySet();
    }

    Optional<Resource> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private void add(String path, String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            String extension = name.substring(name.lastIndexOf('.') + 1);
            byPath.put(path, new Resource(TYPES.get(extension), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
