package io.github.camelsora.internal.camel.console;

import io.github.camelsora.internal.camel.StartedComponents;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Shows what the started components of a context do, and what is wrong with them. It sends nothing to the service. */
@DevConsole(name = "sora", displayName = "Sora", description = "Accounts, tasks and problems of camel-sora")
public final class SoraDevConsole extends AbstractDevConsole {

    /** Creates the console; Camel does so. */
    public SoraDevConsole() {
        super("camel", "sora", "Sora", "Accounts, tasks and problems of camel-sora");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray components = new JsonArray();
        StartedComponents.of(getCamelContext()).all().stream()
                .map(ComponentState::of)
                .forEach(components::add);
        JsonObject root = new JsonObject();
        root.put("components", components);
        return root;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return TextTree.of(doCallJson(options));
    }
}
