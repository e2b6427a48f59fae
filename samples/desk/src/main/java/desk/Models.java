package desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;

/** The models that the form offers: those that remix, of the component's catalogue, and those of the option {@code modelCatalog}. */
public final class Models {
    private static final String SHIPPED = "classpath:io/github/camelsora/models.json";

    /**
     * Reads the catalogue.
     *
     * @param exchange the exchange
     * @return the models that remix and have not ended
     * @throws IOException if it cannot be read
     */
    public List<Map<String, Object>> list(Exchange exchange) throws IOException {
        Map<String, JsonNode> models = new LinkedHashMap<>();
        read(SHIPPED, models, exchange);
        String own = Desk.component(exchange).getConfiguration().getModelCatalog();
        if (own != null) {
            read(own, models, exchange);
        }
        List<Map<String, Object>> described = new ArrayList<>();
        models.forEach((id, model) -> {
            JsonNode remix = model.path("operations").path("remix");
            if (!remix.isMissingNode() && !"ended".equals(model.path("state").asText())) {
                described.add(describe(id, model, remix.path("allowed")));
            }
        });
        return described;
    }

    /** A field of a later catalogue replaces that of an earlier one. */
    private static void read(String resource, Map<String, JsonNode> models, Exchange exchange) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(exchange.getContext(), resource)) {
            for (Map.Entry<String, JsonNode> model :
                    Answers.JSON.readTree(in).path("models").properties()) {
                JsonNode known = models.get(model.getKey());
                models.put(
                        model.getKey(),
                        known == null ? model.getValue() : Answers.JSON.updateValue(known, model.getValue()));
            }
        }
    }

    private static Map<String, Object> describe(String id, JsonNode model, JsonNode allowed) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", id);
        described.put("durations", list(allowed.path("duration")));
        described.put("ratios", list(allowed.path("aspect_ratio")));
        described.put(
                "note", model.path("note").isTextual() ? model.path("note").textValue() : null);
        return described;
    }

    private static List<Object> list(JsonNode values) {
        List<Object> list = new ArrayList<>();
        values.forEach(value -> list.add(value.isNumber() ? value.numberValue() : value.asText()));
        return list;
    }
}
