package io.maestream.app;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.config.ConfigCatalog;
import io.maestream.app.config.ConfigSection;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.metrics.MetricsSettings;
import io.maestream.app.source.SourcesSettings;
import io.maestream.checkpoints.s3.S3Location;
import io.maestream.checkpoints.s3.S3Settings;
import io.maestream.ingest.prepare.PreparationServiceSettings;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.upload.UploadSettings;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.wire.RegistrySettings;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.dashboard.DashboardSettings;
import io.maestream.trainer.trigger.TriggerSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Every module's part of the configuration. */
public final class Sections {
    /** Key of the brokers' addresses. */
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    /** The embedded broker. */
    public static final ConfigSection<BrokerSettings> BROKER =
            new ConfigSection<>("broker", BrokerSettings.definition(), BrokerSettings::from);

    /** The log. */
    public static final ConfigSection<LogFormat> LOG =
            new ConfigSection<>("log", LogFormat.definition(), LogFormat::from);

    /** What Kafka's clients are told. */
    public static final ConfigSection<KafkaSettings> KAFKA =
            new ConfigSection<>("kafka", kafka(), Sections::kafka);

    /** The topics. */
    public static final ConfigSection<TopicSettings> TOPICS =
            new ConfigSection<>("topics", TopicSettings.definition(), TopicSettings::from);

    /** The publisher of images; it needs the topics' largest image as well. */
    public static final ConfigSection<PublishSettings> PUBLISH =
            new ConfigSection<>(
                    "publish", withTopics(PublishSettings.definition()), Sections::publish);

    /** How an object store of large images is reached. */
    public static final ConfigSection<S3Settings> PAYLOAD_STORE =
            new ConfigSection<>(
                    "payload", ObjectStoreKeys.PAYLOAD.definition(), ObjectStoreKeys.PAYLOAD::from);

    /** Simulated cameras. */
    public static final ConfigSection<SimulationSettings> SIMULATE =
            new ConfigSection<>(
                    "simulate", SimulationSettings.definition(), SimulationSettings::from);

    /** The sources that are listed. */
    public static final ConfigSection<SourcesSettings> SOURCES =
            new ConfigSection<>("source", SourcesSettings.definition(), SourcesSettings::from);

    /** Uploads. */
    public static final ConfigSection<UploadSettings> UPLOAD =
            new ConfigSection<>("http", UploadSettings.definition(), UploadSettings::from);

    /** Preparation of images, which takes none larger than the topics do. */
    public static final ConfigSection<PreparationServiceSettings> PREPARE =
            new ConfigSection<>(
                    "prepare",
                    withTopics(PreparationServiceSettings.definition()),
                    values -> PreparationServiceSettings.from(values, TopicSettings.from(values)));

    /** The trainer. */
    public static final ConfigSection<TrainerSettings> TRAINER =
            new ConfigSection<>("train", TrainerSettings.definition(), TrainerSettings::from);

    /** What asks a trainer for checkpoints. */
    public static final ConfigSection<TriggerSettings> TRIGGER =
            new ConfigSection<>("trigger", TriggerSettings.definition(), TriggerSettings::from);

    /** The trainer's dashboard. */
    public static final ConfigSection<DashboardSettings> DASHBOARD =
            new ConfigSection<>(
                    "dashboard", DashboardSettings.definition(), DashboardSettings::from);

    /** What processes without a dashboard tell a monitor. */
    public static final ConfigSection<MetricsSettings> METRICS =
            new ConfigSection<>("metrics", MetricsSettings.definition(), MetricsSettings::from);

    /** The checkpoint store. */
    public static final ConfigSection<StoreSettings> STORE =
            new ConfigSection<>("checkpoint", StoreSettings.definition(), StoreSettings::from);

    private Sections() {}

    /** All keys of all sections. */
    public static ConfigCatalog catalog() {
        return new ConfigCatalog(
                List.of(
                        BROKER,
                        LOG,
                        KAFKA,
                        TOPICS,
                        SIMULATE,
                        SOURCES,
                        UPLOAD,
                        PUBLISH,
                        PAYLOAD_STORE,
                        PREPARE,
                        STORE,
                        TRAINER,
                        TRIGGER,
                        DASHBOARD,
                        METRICS),
                List.of(SourcesSettings.family()));
    }

    /** The configured run's name. */
    public static String runId(LoadedConfig config) {
        return config.get(TRAINER).run().id();
    }

    private static ConfigDef withTopics(ConfigDef definition) {
        ConfigDef both = TopicSettings.definition();
        definition.configKeys().values().forEach(both::define);
        return both;
    }

    private static PublishSettings publish(Map<String, ?> values) {
        PublishSettings settings = PublishSettings.from(values, TopicSettings.from(values));
        settings.payload().location().filter(S3Location::isOne).ifPresent(S3Location::parse);
        return settings;
    }

    private static ConfigDef kafka() {
        return RegistrySettings.definition()
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        "localhost:9092",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Brokers as host:port, with commas between. All other keys below kafka. go to"
                                + " the clients as they are.");
    }

    private static KafkaSettings kafka(Map<String, ?> values) {
        KafkaSettings kafka =
                KafkaSettings.from(
                        values.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                e -> String.valueOf(e.getValue()))));
        return RegistrySettings.from(values).map(kafka::with).orElse(kafka);
    }
}
