package io.maestream.trainer.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.schemas.CommandKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the body of a request to {@code /api/commands} asks for.
 *
 * @param kind what to do
 * @param reason for people
 */
record CommandRequest(CommandKind kind, String reason) {

    static final int MAX_BYTES = 4_096;

    /** A trainer that is stopped cannot be started from here, so nobody stops one from here. */
    static final List<CommandKind> KINDS =
            List.of(
                    CommandKind.CHECKPOINT,
                    CommandKind.RELEASE,
                    CommandKind.PAUSE,
                    CommandKind.RESUME);

    private static final int MAX_REASON = 200;
    private static final String USUAL_REASON = "asked for on the dashboard";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none; the message is for whoever sent it
     */
    static CommandRequest parse(byte[] body, ObjectMapper mapper) {
        JsonNode node;
        try {
            node = mapper.readTree(new String(body, java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage());
        }
        String kind = node.path("kind").asText("").toUpperCase(Locale.ROOT);
        String reason = node.path("reason").asText("").strip();
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "the reason has %d characters; at most %d are taken"
                            .formatted(reason.length(), MAX_REASON));
        }
        CommandKind known =
                KINDS.stream()
                        .filter(k -> k.name().equals(kind))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "kind must be one of "
                                                        + Arrays.toString(KINDS.toArray())));
        return new CommandRequest(known, reason.isEmpty() ? USUAL_REASON : reason);
    }
}
