package io.maestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.TopicSpec;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "events.md");

    private static final List<Schema> RECORDS =
            List.of(
                    RawImage.getClassSchema(),
                    PreparedImage.getClassSchema(),
                    RejectedImage.getClassSchema(),
                    SourceStatus.getClassSchema(),
                    StepMetrics.getClassSchema(),
                    TrainerCommand.getClassSchema(),
                    CheckpointRequested.getClassSchema(),
                    CheckpointCommitted.getClassSchema(),
                    CheckpointEvaluated.getClassSchema(),
                    ReconstructionSample.getClassSchema());

    @Test
    void shouldDescribeEveryTopicAndEveryFieldOfEveryRecord() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (TopicSpec topic : Topics.all(TopicSettings.defaults())) {
            assertThat(document).contains("| `" + topic.name() + "` |");
        }
        for (Schema schema : RECORDS) {
            int begin = document.indexOf("### " + schema.getName() + "\n");
            assertThat(begin).as(schema.getName()).isNotNegative();
            int end = document.indexOf("\n### ", begin);
            String section = document.substring(begin, end < 0 ? document.length() : end);
            for (Schema.Field field : schema.getFields()) {
                assertThat(section).as(schema.getName()).contains("| `" + field.name() + "` |");
            }
        }
    }
}
