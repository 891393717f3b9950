package io.maestream.app.command.checkpoints;

import io.maestream.app.Sections;
import io.maestream.app.StoreSettings;
import io.maestream.app.Stores;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.StoreOptions;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.tail.CommittedCheckpoints;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.Retention;
import io.maestream.checkpoints.Verification;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.checkpoint.Releases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store, which run, and whether the events are asked. */
public final class CheckpointOptions {
    public static final String LATEST = "latest";
    static final String RELEASE = "release";

    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;
    @Mixin private StoreOptions place;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run's checkpoints.")
    private String run;

    /**
     * A checkpoint that was chosen.
     *
     * @param id its id in the store
     * @param manifestSha256 what its committed event says, or null if no event was asked
     */
    public record Choice(String id, String manifestSha256) {}

    public LoadedConfig load(Surroundings surroundings) {
        return common.load(surroundings, place.with(broker.keys()).map());
    }

    /** The run that was named, or the configured one. */
    public String runId(LoadedConfig config) {
        return run == null ? Sections.runId(config) : run;
    }

    public static CheckpointStore store(LoadedConfig config) {
        return Stores.open(config.get(Sections.STORE));
    }

    /**
     * Where a checkpoint is looked for.
     *
     * @param store the configured one, or that of a URI
     * @param name an id, or {@code latest}
     */
    public record Place(CheckpointStore store, String name) {}

    /**
     * A URI, as events name it, goes before the configured store, which decides how to reach it.
     */
    public static Place place(String named, LoadedConfig config) {
        if (!named.matches("(s3|file):.*/.*")) {
            return new Place(store(config), named);
        }
        String uri = named.replaceAll("/+$", "");
        int slash = uri.lastIndexOf('/');
        String parent = uri.substring(0, slash);
        String location =
                parent.startsWith("file:") ? Path.of(URI.create(parent)).toString() : parent;
        StoreSettings configured = config.get(Sections.STORE);
        try {
            return new Place(
                    Stores.open(new StoreSettings(location, configured.s3(), configured.cache())),
                    uri.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** The run's manifests that can be read, oldest first; a damaged one is not among them. */
    List<Manifest> manifests(CheckpointStore store) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String id : store.ids()) {
            readable(store, id)
                    .filter(manifest -> run == null || run.equals(manifest.runId()))
                    .ifPresent(manifests::add);
        }
        manifests.sort(Comparator.comparing(Manifest::createdAt).thenComparing(Manifest::step));
        return manifests;
    }

    /**
     * Passes if a checkpoint is whole.
     *
     * @throws CommandFailure with {@link ExitCode#VERIFICATION_FAILED} if it is not
     */
    public static void requireWhole(String id, Verification found) {
        if (!found.ok()) {
            throw new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "Checkpoint " + id + " is damaged: " + String.join("; ", found.problems()));
        }
    }

    static Optional<Manifest> readable(CheckpointStore store, String id) throws IOException {
        try {
            return Optional.of(store.manifest(id));
        } catch (CheckpointException e) {
            return Optional.empty();
        }
    }

    /** The checkpoint of this name; the events decide if a broker was named, else the store. */
    public Choice choose(String name, LoadedConfig config, CheckpointStore store)
            throws IOException, InterruptedException {
        Choice choice =
                broker.isGiven() ? committed(name, config) : new Choice(stored(name, store), null);
        if (!store.ids().contains(choice.id())) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "There is no checkpoint " + choice.id() + " in " + store.location());
        }
        return choice;
    }

    private Choice committed(String name, LoadedConfig config) throws InterruptedException {
        Predicate<CheckpointCommitted> ofRun = event -> run == null || run.equals(event.getRunId());
        Predicate<CheckpointCommitted> named =
                event -> names(name, event.getCheckpointId(), Releases.isRelease(event));
        var clients = BrokerOptions.connect(config, Topics.CHECKPOINTS);
        return CommittedCheckpoints.last(clients, ofRun.and(named))
                .map(event -> new Choice(event.getCheckpointId(), event.getManifestSha256()))
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.NOT_FOUND,
                                        "No committed event speaks of checkpoint " + name));
    }

    private String stored(String name, CheckpointStore store) throws IOException {
        if (!name.equals(LATEST) && !name.equals(RELEASE)) {
            return name;
        }
        String what = name.equals(RELEASE) ? "release" : "checkpoint";
        return manifests(store).stream()
                .filter(manifest -> names(name, manifest.checkpointId(), isRelease(manifest)))
                .reduce((older, newer) -> newer)
                .map(Manifest::checkpointId)
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.NOT_FOUND,
                                        "There is no " + what + " in " + store.location()));
    }

    /** Whether a name means one: by its id, as newest of the lineage, or as newest release. */
    public static boolean names(String name, String id, boolean isRelease) {
        return switch (name) {
            case LATEST -> !isRelease;
            case RELEASE -> isRelease;
            default -> name.equals(id);
        };
    }

    private static boolean isRelease(Manifest manifest) {
        return Retention.RELEASE.equals(manifest.triggerKind());
    }
}
