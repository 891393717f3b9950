package io.maestream.trainer.dashboard;

import io.maestream.schemas.PreparedImage;
import io.maestream.trainer.feed.StreamRecord;
import io.maestream.trainer.feed.Thumbnail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;

/** Small pictures of sources, made when somebody looks, once for all who do. */
final class Thumbnails {

    private final TrainingBoard board;
    private final Deserializer<PreparedImage> images;
    private final Map<String, Made> made =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > TrainingBoard.CAMERAS;
                }
            };

    private record Made(StreamRecord from, Optional<byte[]> jpeg) {}

    Thumbnails(TrainingBoard board, Deserializer<PreparedImage> images) {
        this.board = board;
        this.images = images;
    }

    /** The newest of a source, as a JPEG file. */
    Optional<byte[]> of(String sourceId) {
        return board.picture(sourceId).flatMap(record -> of(sourceId, record));
    }

    private synchronized Optional<byte[]> of(String sourceId, StreamRecord record) {
        Made known = made.get(sourceId);
        if (known == null || !known.from.ref().equals(record.ref())) {
            known = new Made(record, make(record));
            made.put(sourceId, known);
        }
        return known.jpeg;
    }

    private Optional<byte[]> make(StreamRecord record) {
        try {
            PreparedImage image =
                    images.deserialize(record.ref().partition().topic(), record.value());
            return image == null ? Optional.empty() : Thumbnail.jpeg(image);
        } catch (KafkaException e) {
            return Optional.empty();
        }
    }
}
