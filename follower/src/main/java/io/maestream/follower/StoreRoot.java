package io.maestream.follower;

import io.maestream.checkpoints.CheckpointException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The address below which a run's checkpoints are announced. It decides, on text alone, whether an
 * announced location is a checkpoint's directory there; nothing is opened before that.
 *
 * @param uri an absolute, hierarchical URI such as {@code file:///var/lib/maestream/checkpoints}
 */
record StoreRoot(URI uri) {

    StoreRoot {
        if (!uri.isAbsolute() || uri.isOpaque()) {
            throw new IllegalArgumentException(
                    "the store's root '%s' must be an absolute URI such as file:///data/checkpoints"
                            .formatted(uri));
        }
    }

    /**
     * The id of the checkpoint whose directory this is.
     *
     * @param location as the event gives it
     * @throws CheckpointException if it is no URI, or not exactly one level below this root
     */
    String idOf(String location) throws CheckpointException {
        URI announced = parse(location);
        List<String> above = segments(uri);
        List<String> all = segments(announced);
        boolean inside =
                sameHost(announced)
                        && all.size() == above.size() + 1
                        && all.subList(0, above.size()).equals(above)
                        && !isStep(all.get(above.size()));
        if (!inside) {
            throw new CheckpointException(
                    ("location '%s' lies outside the store's root %s and is not read; if the trainer"
                                    + " announces another root, name that one")
                            .formatted(location, uri));
        }
        return all.get(above.size());
    }

    private boolean sameHost(URI announced) {
        return uri.getScheme().equalsIgnoreCase(announced.getScheme())
                && Objects.equals(uri.getAuthority(), announced.getAuthority())
                && announced.getQuery() == null
                && announced.getFragment() == null;
    }

    private static URI parse(String location) throws CheckpointException {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            throw new CheckpointException(
                    "location '%s' is no URI: %s".formatted(location, e.getReason()), e);
        }
    }

    /** Parts of the decoded path; a slash at its end adds none. */
    private static List<String> segments(URI uri) {
        String path = uri.getPath();
        if (path == null) {
            return List.of();
        }
        List<String> segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        if (segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return segments;
    }

    private static boolean isStep(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }
}
