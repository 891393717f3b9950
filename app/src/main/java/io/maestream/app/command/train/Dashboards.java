package io.maestream.app.command.train;

import io.maestream.app.Sections;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.metrics.ClientMeters;
import io.maestream.app.metrics.MeteredTriggers;
import io.maestream.schemas.client.ClientWatch;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.trainer.command.CommandSender;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.trigger.LoggingTriggerObserver;
import io.maestream.trainer.trigger.TriggerObserver;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dashboard of the trainer that a command runs, if the configuration has one. */
final class Dashboards implements AutoCloseable {
    private final Optional<Dashboard> dashboard;
    private final Optional<ClientMeters> clients;
    private final List<CommandSender> commands = new ArrayList<>();

    private Dashboards(Optional<Dashboard> dashboard) {
        this.dashboard = dashboard;
        this.clients =
                dashboard.map(opened -> new ClientMeters(opened.registry(), Clock.systemUTC()));
    }

    /**
     * Listens at once, unless there is to be none.
     *
     * @throws CommandFailure if it lacks a token, or cannot have its port
     */
    static Dashboards open(LoadedConfig config, PortTaken taken) {
        DashboardSettings settings = config.get(Sections.DASHBOARD);
        if (!settings.isOn()) {
            return new Dashboards(Optional.empty());
        }
        try {
            return new Dashboards(
                    Optional.of(
                            Dashboard.open(
                                    settings, taken, Trainings.runId(config), Clock.systemUTC())));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_CONFIGURATION, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.IN_USE, e.getMessage(), e);
        }
    }

    /** A line for people, if there is a dashboard. */
    Optional<String> line() {
        return dashboard.map(opened -> "Dashboard at " + opened.url());
    }

    /** Those, and the dashboard's own. */
    List<TrainingObserver> observersWith(TrainingObserver... others) {
        List<TrainingObserver> all = new ArrayList<>(List.of(others));
        dashboard.ifPresent(opened -> all.addAll(opened.observers()));
        return all;
    }

    /** For the trainer's Kafka clients. */
    ClientWatch clients() {
        return clients.isPresent() ? clients.get() : ClientWatch.NONE;
    }

    /** For triggers that run beside the trainer. */
    TriggerObserver triggers() {
        TriggerObserver log = new LoggingTriggerObserver();
        return clients.<TriggerObserver>map(meters -> new MeteredTriggers(meters, log)).orElse(log);
    }

    /** The dashboard also shows what the run's topics say, and takes commands, until it closes. */
    void connect(LoadedConfig config, KafkaSettings kafka) {
        dashboard.ifPresent(
                opened -> {
                    KafkaClients clients = new KafkaClients(kafka, config.get(Sections.TOPICS));
                    CommandSender sender = new CommandSender(clients, Clock.systemUTC());
                    commands.add(sender);
                    opened.connect(
                            clients,
                            (run, kind, reason) -> sender.send(run, kind, reason).getCommandId());
                });
    }

    @Override
    public void close() {
        clients.ifPresent(ClientMeters::close);
        commands.forEach(CommandSender::close);
        dashboard.ifPresent(Dashboard::close);
    }
}
