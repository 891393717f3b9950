package io.maestream.app.deploy;

import static io.maestream.app.deploy.DeployFiles.map;
import static io.maestream.app.deploy.DeployFiles.maps;
import static io.maestream.app.deploy.DeployFiles.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the example for Kubernetes against the code, and against itself. */
class KubernetesTest {

    private static final Path DIRECTORY = DeployFiles.DEPLOY.resolve("kubernetes");
    private static final Set<String> PATHS = Set.of("/healthz", "/readyz");

    private final List<Map<String, Object>> resources = new ArrayList<>();
    private Map<String, Object> settings;

    @BeforeEach
    void read() throws IOException {
        Map<String, Object> list = DeployFiles.yaml(DIRECTORY.resolve("kustomization.yaml"));
        for (String file : strings(list.get("resources"))) {
            resources.addAll(DeployFiles.documents(DIRECTORY.resolve(file)));
        }
        settings = map(of("ConfigMap").get(0), "data");
    }

    @Test
    void shouldSetOnlyKeysThatThereAreWhenConfigured() {
        assertThat(settings.values()).allSatisfy(v -> assertThat(v).isInstanceOf(String.class));
        workloads()
                .forEach(
                        workload -> {
                            Map<String, Object> environment = new HashMap<>(settings);
                            maps(container(workload).get("env"))
                                    .forEach(
                                            one ->
                                                    environment.put(
                                                            one.get("name").toString(),
                                                            one.get("value")));
                            assertThatCode(() -> DeployFiles.settings(environment))
                                    .as(name(workload))
                                    .doesNotThrowAnyException();
                        });
    }

    @Test
    void shouldUnderstandItsCommandWhenStarted() {
        assertThat(workloads())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(
                        workload ->
                                assertThatCode(
                                                () ->
                                                        CommandLines.parse(
                                                                strings(
                                                                        container(workload)
                                                                                .get("args"))))
                                        .doesNotThrowAnyException());
    }

    @Test
    void shouldOpenAndProbeThePortsThatAreConfiguredWhenRunning() {
        Map<String, String> configured =
                Map.of(
                        "metrics", settings.get("MAESTREAM_METRICS_PORT").toString(),
                        "dashboard", settings.get("MAESTREAM_DASHBOARD_PORT").toString(),
                        "uploads", settings.get("MAESTREAM_HTTP_PORT").toString());
        of("Deployment")
                .forEach(
                        workload -> {
                            Set<String> named = new HashSet<>();
                            maps(container(workload).get("ports"))
                                    .forEach(
                                            port -> {
                                                String name = port.get("name").toString();
                                                named.add(name);
                                                assertThat(port.get("containerPort").toString())
                                                        .isEqualTo(configured.get(name));
                                            });
                            for (String probe :
                                    List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                                Map<String, Object> get =
                                        map(container(workload), probe, "httpGet");
                                assertThat(PATHS).as(name(workload)).contains("" + get.get("path"));
                                assertThat(named).as(name(workload)).contains("" + get.get("port"));
                            }
                        });
        maps(maps(map(of("NetworkPolicy").get(0), "spec").get("ingress")).get(0).get("ports"))
                .forEach(port -> assertThat(configured.values()).contains("" + port.get("port")));
    }

    @Test
    void shouldLeaveOneOfEachWhenNodesAreDrained() {
        // Given the labels of each deployment's pods
        Map<String, Map<String, Object>> labels =
                of("Deployment").stream()
                        .collect(
                                Collectors.toMap(
                                        KubernetesTest::name,
                                        d -> map(d, "spec", "template", "metadata", "labels")));

        // Then each has its budget, its service, and more than one pod
        for (String kind : List.of("PodDisruptionBudget", "Service")) {
            assertThat(of(kind)).hasSameSizeAs(labels.keySet());
            of(kind).forEach(
                            one -> {
                                Map<String, Object> spec = map(one, "spec");
                                Map<String, Object> selector =
                                        kind.equals("Service")
                                                ? map(spec, "selector")
                                                : map(spec, "selector", "matchLabels");
                                assertThat(selector).isEqualTo(labels.get(name(one)));
                            });
        }
        assertThat(of("Deployment"))
                .allSatisfy(
                        d -> {
                            assertThat(map(d, "spec", "selector", "matchLabels"))
                                    .isEqualTo(labels.get(name(d)));
                            assertThat((Integer) map(d, "spec").get("replicas"))
                                    .isGreaterThanOrEqualTo(2);
                        });
    }

    @Test
    void shouldAskNoStandbyWhetherItIsReadyWhenItIsToBeReplaced() {
        // A standby is never ready; were it asked, no node with the active trainer could be
        // drained.
        Map<String, Object> train =
                of("Deployment").stream()
                        .filter(d -> name(d).equals("train"))
                        .findFirst()
                        .orElseThrow();
        assertThat(map(container(train), "readinessProbe", "httpGet").get("path"))
                .isEqualTo("/healthz");
        assertThat(
                        (Integer)
                                map(train, "spec", "template", "spec")
                                        .get("terminationGracePeriodSeconds"))
                .isGreaterThan(60);
    }

    @Test
    void shouldBeTrustedWithNothingWhenRunning() {
        assertThat(workloads())
                .allSatisfy(
                        workload -> {
                            Map<String, Object> pod = map(workload, "spec", "template", "spec");
                            assertThat(pod.get("automountServiceAccountToken")).isEqualTo(false);
                            assertThat(pod.get("enableServiceLinks")).isEqualTo(false);
                            assertThat(map(pod, "securityContext"))
                                    .containsEntry("runAsNonRoot", true)
                                    .containsEntry("runAsUser", 10001);
                            Map<String, Object> security =
                                    map(container(workload), "securityContext");
                            assertThat(security)
                                    .containsEntry("allowPrivilegeEscalation", false)
                                    .containsEntry("readOnlyRootFilesystem", true);
                            assertThat(strings(map(security, "capabilities").get("drop")))
                                    .containsExactly("ALL");
                            assertThat(map(container(workload), "resources", "limits"))
                                    .containsKey("memory");
                        });
    }

    private List<Map<String, Object>> of(String kind) {
        return resources.stream().filter(one -> kind.equals(one.get("kind"))).toList();
    }

    private List<Map<String, Object>> workloads() {
        List<Map<String, Object>> all = new ArrayList<>(of("Deployment"));
        all.addAll(of("Job"));
        return all;
    }

    private static String name(Map<String, Object> resource) {
        return map(resource, "metadata").get("name").toString();
    }

    private static Map<String, Object> container(Map<String, Object> workload) {
        return maps(map(workload, "spec", "template", "spec").get("containers")).get(0);
    }
}
