package io.maestream.app.evaluate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a set of images that does not depend on their order, in which classes often follow each
 * other: the names with the smallest SHA-256.
 */
final class Sample {

    private record Hashed(String name, String hash) {}

    private Sample() {}

    /** At most {@code limit} of them; in the order in which they came. */
    static Set<String> of(Collection<String> names, int limit) {
        if (names.size() <= limit) {
            return new LinkedHashSet<>(names);
        }
        Set<String> chosen =
                names.stream()
                        .map(name -> new Hashed(name, sha256(name)))
                        .sorted(Comparator.comparing(Hashed::hash))
                        .limit(limit)
                        .map(Hashed::name)
                        .collect(Collectors.toSet());
        return names.stream()
                .filter(chosen::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String sha256(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
