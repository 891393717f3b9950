package io.maestream.app.deploy;

import static io.maestream.app.deploy.DeployFiles.list;
import static io.maestream.app.deploy.DeployFiles.map;
import static io.maestream.app.deploy.DeployFiles.maps;
import static io.maestream.app.deploy.DeployFiles.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.config.BadConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds docker-compose.yml against the code, and against itself. */
class ComposeTest {

    private static final String DASHBOARD_PORT = "MAESTREAM_DASHBOARD_PORT";
    private static final String METRICS_PORT = "MAESTREAM_METRICS_PORT";
    private static final String HTTP_PORT = "MAESTREAM_HTTP_PORT";

    /** Those that end by themselves. */
    private static final Set<String> TASKS = Set.of("topics", "bucket", "store-volume", "tools");

    /** It has no port that could be asked. */
    private static final String FOLLOWER = "follower";

    private Map<String, Object> compose;
    private Map<String, Map<String, Object>> services;

    @BeforeEach
    void read() throws IOException {
        compose = DeployFiles.yaml(DeployFiles.ROOT.resolve("docker-compose.yml"));
        services = new TreeMap<>();
        map(compose, "services").forEach((name, service) -> services.put(name, map(service)));
    }

    @Test
    void shouldHaveEverythingThatTheServiceNeedsWhenStarted() {
        assertThat(services)
                .containsKeys(
                        "kafka",
                        "registry",
                        "store",
                        "topics",
                        "ingest",
                        "prepare-1",
                        "prepare-2",
                        "train",
                        "train-standby",
                        "prometheus",
                        "grafana");
        assertThat(strings(services.get("cameras").get("profiles"))).containsExactly("demo");
        assertThat(strings(services.get(FOLLOWER).get("profiles"))).containsExactly("follow");
        assertThat(strings(services.get("train-gpu").get("profiles"))).containsExactly("gpu");
    }

    @Test
    void shouldSetOnlyKeysThatThereAreWhenAServiceIsOurs() {
        ours().forEach(
                        (name, service) ->
                                assertThatCode(() -> DeployFiles.settings(environment(service)))
                                        .as(name)
                                        .doesNotThrowAnyException());
    }

    @Test
    void shouldFailWhenAVariableSetsNoKey() {
        // Given a key with a letter too much
        Map<String, Object> environment = new HashMap<>(environment(services.get("train")));
        environment.put("MAESTREAM_CHECKPOINTS_DIR", "x");

        // Then the check that the others pass says so
        assertThatThrownBy(() -> DeployFiles.settings(environment))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("MAESTREAM_CHECKPOINT_DIR");
    }

    @Test
    void shouldUnderstandItsCommandWhenAServiceIsOurs() {
        Map<String, Map<String, Object>> ours = ours();
        if (!CommandLines.has("follow")) {
            ours.remove(FOLLOWER);
        }
        ours.forEach(
                (name, service) ->
                        assertThatCode(() -> CommandLines.parse(strings(service.get("command"))))
                                .as(name)
                                .doesNotThrowAnyException());
    }

    @Test
    void shouldPublishAndAskThePortsThatAreConfiguredWhenRunning() {
        ours().forEach(
                        (name, service) -> {
                            Set<String> configured =
                                    Stream.of(DASHBOARD_PORT, METRICS_PORT, HTTP_PORT)
                                            .map(key -> environment(service).get(key))
                                            .filter(port -> port != null)
                                            .map(String::valueOf)
                                            .collect(Collectors.toSet());
                            strings(service.get("ports"))
                                    .forEach(
                                            port ->
                                                    assertThat(port)
                                                            .as(name)
                                                            .startsWith("127.0.0.1:")
                                                            .matches(
                                                                    p ->
                                                                            configured.contains(
                                                                                    p.split(":")[
                                                                                            2])));
                            Pattern.compile("localhost:(\\d+)/")
                                    .matcher(map(service, "healthcheck").toString())
                                    .results()
                                    .forEach(
                                            found ->
                                                    assertThat(configured)
                                                            .as(name)
                                                            .contains(found.group(1)));
                        });
    }

    @Test
    void shouldGiveNoHostPortTwiceWhenAllProfilesRun() {
        assertThat(
                        services.values().stream()
                                .flatMap(service -> strings(service.get("ports")).stream())
                                .map(port -> port.split(":")[1]))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTrustNoServiceMoreThanItNeedsWhenRunning() {
        services.forEach(
                (name, service) -> {
                    assertThat(strings(service.get("cap_drop"))).as(name).containsExactly("ALL");
                    assertThat(strings(service.get("security_opt")))
                            .as(name)
                            .contains("no-new-privileges:true");
                    assertThat(map(service, "deploy", "resources", "limits"))
                            .as(name)
                            .containsKey("memory");
                    assertThat(service.get("image").toString())
                            .as(name)
                            .matches(".+:[^:]*\\d+\\.?\\d+.*")
                            .doesNotEndWith(":latest");
                    if (!TASKS.contains(name) && !name.equals(FOLLOWER)) {
                        assertThat(service).as(name).containsKey("healthcheck");
                    }
                });
        ours().forEach(
                        (name, service) -> {
                            assertThat(service.get("user")).as(name).isEqualTo("10001:10001");
                            assertThat(service.get("read_only")).as(name).isEqualTo(true);
                        });
    }

    @Test
    void shouldNameOnlyWhatIsDeclaredWhenServicesReferToIt() throws IOException {
        Set<String> volumes = map(compose, "volumes").keySet();
        Set<String> secrets = map(compose, "secrets").keySet();
        String maker = DeployFiles.text(DeployFiles.DEPLOY.resolve("make-secrets"));
        services.forEach(
                (name, service) -> {
                    assertThat(services.keySet()).as(name).containsAll(dependencies(service));
                    assertThat(secrets).as(name).containsAll(strings(service.get("secrets")));
                    strings(service.get("volumes")).stream()
                            .filter(volume -> !volume.startsWith("${"))
                            .map(volume -> volume.split(":")[0])
                            .forEach(
                                    source -> {
                                        if (source.startsWith("./")) {
                                            assertThat(DeployFiles.ROOT.resolve(source)).exists();
                                        } else {
                                            assertThat(volumes).as(name).contains(source);
                                        }
                                    });
                });
        assertThat(secrets).allSatisfy(secret -> assertThat(maker).contains(secret));
    }

    @Test
    void shouldKeepVolumesApartWhenServicesAreOurs() {
        // Two processes on one directory of Kafka Streams would fail.
        assertThat(
                        ours().values().stream()
                                .flatMap(service -> strings(service.get("volumes")).stream())
                                .map(volume -> volume.split(":")[0]))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldBeScrapedWhenItHasMetrics() throws IOException {
        // Given Prometheus' targets
        Map<String, Object> prometheus =
                DeployFiles.yaml(DeployFiles.DEPLOY.resolve("prometheus/prometheus.yml"));
        Map<String, String> scraped = new HashMap<>();
        for (Map<String, Object> job : maps(prometheus.get("scrape_configs"))) {
            for (Map<String, Object> found : maps(job.get("dns_sd_configs"))) {
                strings(found.get("names"))
                        .forEach(name -> scraped.put(name, found.get("port").toString()));
            }
        }

        // Then they are the services that answer, at the ports at which they do
        Map<String, String> answering = new HashMap<>();
        ours().forEach(
                        (name, service) ->
                                Stream.of(DASHBOARD_PORT, METRICS_PORT)
                                        .map(key -> environment(service).get(key))
                                        .filter(port -> port != null)
                                        .forEach(port -> answering.put(name, port.toString())));
        assertThat(scraped).isEqualTo(answering);
    }

    @Test
    void shouldKeepSecretsOutOfImagesWhenBuilt() throws IOException {
        assertThat(Files.readAllLines(DeployFiles.ROOT.resolve(".dockerignore")))
                .contains("deploy", ".git");
        assertThat(DeployFiles.text(DeployFiles.ROOT.resolve("docker-compose.yml")))
                .doesNotContainPattern("(PASSWORD|TOKEN|SECRET_KEY): [^/$\\n]");
        assertThat(DeployFiles.text(DeployFiles.ROOT.resolve("Dockerfile")))
                .contains("USER 10001:10001", "PYTORCH_LIBRARY_PATH=", "pytorch:2.7.1-cuda12.8");
    }

    private Map<String, Map<String, Object>> ours() {
        Map<String, Map<String, Object>> ours = new TreeMap<>(services);
        ours.values().removeIf(service -> !service.get("image").toString().startsWith("maestream"));
        return ours;
    }

    private static Map<String, Object> environment(Map<String, Object> service) {
        return map(service, "environment");
    }

    private static List<String> dependencies(Map<String, Object> service) {
        Object on = service.get("depends_on");
        return on instanceof List<?> ? strings(list(on)) : List.copyOf(map(on).keySet());
    }
}
