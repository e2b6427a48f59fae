package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.SoraTestSupport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.mdc.MDCService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The MDC that camel-mdc keeps for routes stays as it is without this component. */
class CamelMdcTest extends SoraTestSupport {
    private static final String[] NAMES = {"sora.key", "sora.taskId", "sora.correlationId"};

    private final ConcurrentLinkedQueue<Map<String, String>> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void aRouteHasItsOwnMdcBehindEachStep() throws Exception {
        MDCService mdc = new MDCService();
        mdc.setCustomHeaders("CamelSoraTaskKey");
        mdc.init(camel);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("orders")
                        .process(exchange -> see())
                        .to("sora:remix?requestKey=key-1&videoId=" + toApis.addSource())
                        .process(exchange -> see())
                        .to("sora:status")
                        .process(exchange -> see());
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(List.copyOf(seen)).hasSize(3).allSatisfy(each -> assertThat(each)
                .containsEntry("camel.exchangeId", out.getExchangeId())
                .containsEntry("camel.routeId", "orders")
                .doesNotContainKeys(NAMES));
        // The way to have the key in the lines of a route.
        assertThat(List.copyOf(seen).get(1)).containsEntry("CamelSoraTaskKey", "key-1");
    }

    private void see() {
        seen.add(MDC.getCopyOfContextMap());
    }
}
