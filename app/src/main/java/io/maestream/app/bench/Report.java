package io.maestream.app.bench;

import java.util.List;

/** What a benchmark found. */
public interface Report {
    /** For a person. */
    List<String> lines();

    /** For a machine: one object. */
    String json();
}
