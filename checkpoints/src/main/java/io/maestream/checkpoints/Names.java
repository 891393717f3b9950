package io.maestream.checkpoints;

import java.util.regex.Pattern;

/** Which names may become paths: none that could leave its folder. */
final class Names {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern FILE =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){0,4}");

    private Names() {}

    static boolean isId(String id) {
        return id != null && PART.matcher(id).matches();
    }

    static String requireId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    ("'%s' is no checkpoint id: use 1 to 128 letters, digits, dots, dashes or"
                                    + " underscores, a letter or digit first")
                            .formatted(id));
        }
        return id;
    }

    static boolean isFile(String name) {
        return name != null && FILE.matcher(name).matches();
    }

    static String requireFile(String name) {
        if (!isFile(name)) {
            throw new IllegalArgumentException(
                    ("'%s' is no file name inside a checkpoint: use parts of letters, digits, dots,"
                                    + " dashes and underscores, separated by single slashes")
                            .formatted(name));
        }
        return name;
    }
}
