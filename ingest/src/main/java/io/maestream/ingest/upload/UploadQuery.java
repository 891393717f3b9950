package io.maestream.ingest.upload;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an upload says of itself in its address.
 *
 * @param source source id
 * @param id image id; empty for the digest of the bytes
 * @param capturedAt when the image was taken; empty for now
 */
record UploadQuery(String source, Optional<String> id, Optional<Instant> capturedAt) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");
    private static final String USUAL_SOURCE = "uploads";

    static UploadQuery of(URI address) throws RefusedException {
        Map<String, String> values = values(address.getRawQuery());
        String source = values.getOrDefault("source", USUAL_SOURCE);
        Optional<String> id = Optional.ofNullable(values.get("id"));
        if (!isName(source) || id.filter(name -> !isName(name)).isPresent()) {
            throw RefusedException.badRequest(
                    "source and id are up to 128 letters, digits and . _ : @ -");
        }
        return new UploadQuery(source, id, capturedAt(values.get("capturedAt")));
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static Optional<Instant> capturedAt(String text) throws RefusedException {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw RefusedException.badRequest(
                    "capturedAt is a time in UTC such as 2026-01-31T12:00:00Z");
        }
    }

    private static Map<String, String> values(String query) throws RefusedException {
        Map<String, String> values = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!key.matches("source|id|capturedAt")) {
                throw RefusedException.badRequest("only source, id and capturedAt may be given");
            }
            try {
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw RefusedException.badRequest("the address is not encoded as it must be");
            }
        }
        return values;
    }
}
