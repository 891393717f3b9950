package io.maestream.app.deploy;

import static io.maestream.app.deploy.DeployFiles.map;
import static io.maestream.app.deploy.DeployFiles.maps;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.metrics.DocumentedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules and dashboards use metrics that are documented, and each alert has its page to turn to. */
class MonitoringFilesTest {

    private static final Pattern METRIC =
            Pattern.compile("\\b((?:maestream|kafka|jvm|process|system)_[a-z_]+)\\b");
    private static final Path RULES = DeployFiles.DEPLOY.resolve("prometheus/maestream.rules.yml");

    @Test
    void shouldUseDocumentedMetricsWhenARuleIsEvaluated() throws IOException {
        // Given
        Set<String> documented = DocumentedMetrics.read().queryable();

        // Then
        assertThat(rules())
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        rule ->
                                assertThat(metrics(rule.get("expr").toString()))
                                        .as(rule.get("alert").toString())
                                        .isSubsetOf(documented));
    }

    @Test
    void shouldSayWhatToDoWhenAnAlertFires() throws IOException {
        // Given the runbook's headings
        Set<String> headings =
                Files.readAllLines(DocumentedMetrics.DOCUMENT).stream()
                        .filter(line -> line.matches("### Maestream\\w+"))
                        .map(line -> line.substring("### ".length()))
                        .collect(Collectors.toSet());

        // Then every alert leads to its own, and none is left over
        List<Map<String, Object>> rules = rules();
        assertThat(rules)
                .allSatisfy(
                        rule -> {
                            String alert = rule.get("alert").toString();
                            Map<String, Object> annotations = map(rule, "annotations");
                            assertThat(annotations.get("runbook_url"))
                                    .isEqualTo(
                                            "docs/operations.md#" + alert.toLowerCase(Locale.ROOT));
                            assertThat(annotations).containsKeys("summary", "description");
                            assertThat(map(rule, "labels").get("severity"))
                                    .isIn("critical", "warning");
                        });
        assertThat(rules.stream().map(rule -> rule.get("alert").toString()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(headings);
    }

    @Test
    void shouldNameJobsThatAreScrapedWhenARuleSelectsByJob() throws IOException {
        // Given
        Set<String> jobs =
                maps(
                                DeployFiles.yaml(
                                                DeployFiles.DEPLOY.resolve(
                                                        "prometheus/prometheus.yml"))
                                        .get("scrape_configs"))
                        .stream()
                        .map(job -> job.get("job_name").toString())
                        .collect(Collectors.toSet());

        // Then each selector finds one
        String all = Files.readString(RULES) + Files.readString(dashboard());
        assertThat(
                        Pattern.compile("job=~?\\\\?\"([^\"\\\\]+)\\\\?\"")
                                .matcher(all)
                                .results()
                                .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(jobs).anyMatch(job -> job.matches(selector)));
    }

    @Test
    void shouldUseDocumentedMetricsWhenADashboardIsOpened() throws IOException {
        // Given
        Set<String> documented = DocumentedMetrics.read().queryable();
        List<JsonNode> panels = panels();

        // Then every panel asks for what there is, and lies beside the others
        List<String> expressions = new ArrayList<>();
        panels.forEach(
                panel ->
                        panel.path("targets")
                                .forEach(t -> expressions.add(t.path("expr").asText())));
        assertThat(expressions)
                .hasSizeGreaterThan(20)
                .allSatisfy(expr -> assertThat(metrics(expr)).isNotEmpty().isSubsetOf(documented));
        Set<String> cells = new HashSet<>();
        panels.forEach(panel -> assertThat(cells(panel)).allMatch(cells::add));
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
    }

    @Test
    void shouldFindDashboardsWhenGrafanaIsProvisioned() throws IOException {
        // Given where Grafana looks, and where docker-compose.yml puts the files
        Path provisioning = DeployFiles.DEPLOY.resolve("grafana/provisioning");
        Map<String, Object> provider =
                maps(DeployFiles.yaml(provisioning.resolve("dashboards/maestream.yml"))
                                .get("providers"))
                        .get(0);
        String path = map(provider, "options").get("path").toString();

        // Then these are the same
        assertThat(DeployFiles.text(DeployFiles.ROOT.resolve("docker-compose.yml")))
                .contains("./deploy/grafana/dashboards:" + path + ":ro", path + "/maestream.json");
        assertThat(
                        maps(DeployFiles.yaml(provisioning.resolve("datasources/prometheus.yml"))
                                        .get("datasources"))
                                .get(0))
                .containsEntry("url", "http://prometheus:9090");
    }

    private static List<Map<String, Object>> rules() throws IOException {
        return maps(DeployFiles.yaml(RULES).get("groups")).stream()
                .flatMap(group -> maps(group.get("rules")).stream())
                .toList();
    }

    private static Path dashboard() {
        return DeployFiles.DEPLOY.resolve("grafana/dashboards/maestream.json");
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        new ObjectMapper()
                .readTree(Files.readString(dashboard()))
                .path("panels")
                .forEach(panels::add);
        return panels;
    }

    private static Stream<String> cells(JsonNode panel) {
        JsonNode at = panel.path("gridPos");
        List<String> cells = new ArrayList<>();
        for (int x = 0; x < at.path("w").asInt(); x++) {
            for (int y = 0; y < at.path("h").asInt(); y++) {
                cells.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y));
            }
        }
        return cells.stream();
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
