package io.maestream.app.evaluate;

import java.util.Optional;

/** Which class an image is of, by its name: that of the folder it lies in. */
final class Label {

    private Label() {}

    /**
     * @param name with slashes, as archives have it
     * @return empty if it lies in no folder
     */
    static Optional<String> of(String name) {
        String[] parts = name.replace('\\', '/').split("/");
        return parts.length < 2 || parts[parts.length - 2].isBlank()
                ? Optional.empty()
                : Optional.of(parts[parts.length - 2]);
    }
}
