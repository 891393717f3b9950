package io.maestream.app.config;

/**
 * A key that somebody set.
 *
 * @param origin where, for messages
 * @param onCommandLine whether other users of the machine can read it in the process list
 */
record Assignment(String key, String value, String origin, boolean onCommandLine) {
    /** Origin of what nobody set. */
    static final String DEFAULT = "default";

    boolean isDefault() {
        return origin.equals(DEFAULT);
    }
}
