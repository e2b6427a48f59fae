package io.github.camelsora.benchmark.rows;

import io.github.camelsora.benchmark.service.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The routes that one writes without this component: camel-http and Jackson, and a loop that asks. They keep no books, know
 * no key, and pay twice when a message comes twice.
 */
final class HandWritten extends RouteBuilder {
    /** Submits, over connections that are kept. */
    static final String SUBMIT = "direct:submit-by-hand";

    /** Submits, each time over a connection of its own. */
    static final String SUBMIT_OVER_FRESH = "direct:submit-by-hand-over-fresh";

    /** Submits, and asks until the remix is made. */
    static final String REMIX = "direct:remix-by-hand";

    private static final String COMPLETED = "completed";

    private final Service service;
    private final long pauseMillis;

    HandWritten(Service service, long pauseMillis) {
        this.service = service;
        this.pauseMillis = pauseMillis;
    }

    @Override
    public void configure() {
        submit(SUBMIT, "");
        submit(SUBMIT_OVER_FRESH, "?connectionClose=true");
        from(REMIX)
                .to(SUBMIT)
                .setProperty("status", constant("queued"))
                .loopDoWhile(exchange -> !COMPLETED.equals(exchange.getProperty("status")))
                .delay(pauseMillis)
                .removeHeaders("*")
                .setBody(constant((Object) null))
                .setHeader("Authorization", constant("Bearer " + service.apiKey()))
                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                .toD(service.baseUrl() + "/v1/videos/generations/${exchangeProperty.taskId}")
                .unmarshal()
                .json(JsonLibrary.Jackson, Map.class)
                .setProperty("status", simple("${body[status]}"))
                .end();
    }

    private void submit(String uri, String options) {
        from(uri)
                .process(HandWritten::asRemix)
                .marshal()
                .json(JsonLibrary.Jackson)
                .setHeader("Authorization", constant("Bearer " + service.apiKey()))
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to(service.baseUrl() + "/v1/videos/" + service.source() + "/remix" + options)
                .unmarshal()
                .json(JsonLibrary.Jackson, Map.class)
                .setProperty("taskId", simple("${body[id]}"));
    }

    private static void asRemix(Exchange exchange) {
        Map<String, Object> remix = new LinkedHashMap<>();
        remix.put("model", "sora-2");
        remix.put("prompt", exchange.getMessage().getBody(String.class));
        exchange.getMessage().setBody(remix);
    }
}
