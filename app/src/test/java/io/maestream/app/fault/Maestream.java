package io.maestream.app.fault;

import io.maestream.app.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line in processes of its own, as a user starts it. */
final class Maestream {

    static final String ACTIVE = "Active, from";
    static final String STANDS_BY = "Another trainer of run";

    private Maestream() {}

    /** {@code maestream train} with these keys. */
    static JavaProcess train(String bootstrap, Path directory, Map<String, String> keys) {
        List<String> args = new ArrayList<>(List.of("train", "--bootstrap", bootstrap));
        keys.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        args.addAll(List.of("--set", "data.dir=" + directory));
        return JavaProcess.start(Main.class, directory, args);
    }

    /** {@code maestream broker}, which has said that it is up. */
    static JavaProcess broker(Path directory, int port) {
        JavaProcess broker =
                JavaProcess.start(
                        Main.class,
                        directory,
                        List.of("broker", "--data-dir", directory.toString(), "--port", "" + port));
        broker.awaitLine("Broker at");
        return broker;
    }
}
