package io.github.camelsora.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules of {@code samples/monitoring}. */
final class MonitoringRules {
    static final Path FOLDER = Path.of("samples/monitoring").toAbsolutePath();
    static final Path FILE = FOLDER.resolve("rules.yml");

    private MonitoringRules() {}

    static List<Map<String, Object>> alerts() {
        return all().filter(rule -> rule.containsKey("alert")).toList();
    }

    static Stream<Map<String, Object>> all() {
        return list(yaml(FILE), "groups").stream().flatMap(group -> list(group, "rules").stream());
    }

    static String name(Map<String, Object> alert) {
        return alert.get("alert").toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(Path file) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Snippets.read(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> parent, String name) {
        return (List<Map<String, Object>>) parent.getOrDefault(name, List.of());
    }
}
