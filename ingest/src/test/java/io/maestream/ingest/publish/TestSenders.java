package io.maestream.ingest.publish;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.schemas.RawImage;
import org.apache.kafka.clients.producer.MockProducer;

/** Senders for tests of other packages. */
public final class TestSenders {

    private TestSenders() {}

    public static MockProducer<String, RawImage> producer(boolean acknowledge) {
        return ImagePublisherTest.producer(acknowledge);
    }

    public static RawImageSender sender(
            MockProducer<String, RawImage> producer, PublishSettings settings) {
        return new RawImageSender(producer, settings, new NoPayloadStore());
    }
}
