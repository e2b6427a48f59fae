package io.github.camelsora.validate;

import io.github.camelsora.validate.RouteEndpoint.Use;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads routes in YAML, in the canonical and in the compact notation, also those of Kamelets and route templates. */
final class YamlRoutes implements RouteReader {
    /** They hold names that users or components choose, among them "from" and "to". */
    private static final Set<String> NO_STEPS = Set.of("parameters", "beans");

    private final List<RouteEndpoint> found = new ArrayList<>();

    @Override
    public List<RouteEndpoint> read(Path file) throws IOException {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try (Reader in = Files.newBufferedReader(file, RouteReader.charset(file))) {
            for (Node document : new Compose(settings).composeAllFromReader(in)) {
                if (hasRoutes(document)) {
                    visit(file, document);
                }
            }
            return found;
        } catch (MarkedYamlEngineException e) {
            throw new RouteSyntaxException(
                    e.getProblemMark().map(Mark::getLine).orElse(0) + 1L, "This is not YAML: " + e.getProblem());
        }
    }

    /** Camel reads lists, and Kubernetes' resources of its own. Other files may have keys such as "to". */
    private static boolean hasRoutes(Node document) {
        return !(document instanceof MappingNode map)
                || text(child(map, "apiVersion")).startsWith("camel.apache.org/");
    }

    private void visit(Path file, Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> visit(file, item));
        } else if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                String name = text(entry.getKeyNode());
                Use use = STEPS.get(name);
                if (use != null) {
                    addEndpoint(file, entry.getValueNode(), use);
                }
                if (!NO_STEPS.contains(name)) {
                    visit(file, entry.getValueNode());
                }
            }
        }
    }

    private void addEndpoint(Path file, Node step, Use use) {
        Node uri = step instanceof MappingNode map ? uriOf(map) : step;
        if (uri instanceof ScalarNode scalar) {
            int line = scalar.getStartMark().map(Mark::getLine).orElse(0) + 1;
            Map<String, String> parameters = new LinkedHashMap<>();
            if (step instanceof MappingNode map && child(map, "parameters") instanceof MappingNode options) {
                addOptions(parameters, "", options);
            }
            found.add(new RouteEndpoint(file, line, scalar.getValue(), parameters, use));
        }
    }

    /** The step enrich has an expression in place of a URI. */
    private static Node uriOf(MappingNode step) {
        if (child(step, "expression") instanceof MappingNode expression) {
            return uriOf(expression);
        }
        for (String name : List.of("uri", "constant", "simple")) {
            Node node = child(step, name);
            if (node instanceof MappingNode language) {
                node = child(language, "expression");
            }
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    /** Options that share a prefix may be a map. */
    private static void addOptions(Map<String, String> options, String prefix, MappingNode map) {
        for (NodeTuple entry : map.getValue()) {
            String name = prefix + text(entry.getKeyNode());
            if (entry.getValueNode() instanceof MappingNode inner) {
                addOptions(options, name + ".", inner);
            } else if (entry.getValueNode() instanceof ScalarNode scalar) {
                options.put(name, scalar.getValue());
            }
        }
    }

    private static Node child(MappingNode map, String name) {
        return map.getValue().stream()
                .filter(entry -> text(entry.getKeyNode()).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
