package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receiver opens with its route and closes with it, and says in words what it lacks. */
class WebhookReceiverTest extends WebhookTestSupport {
    private final AtomicBoolean isLedgerUnavailable = new AtomicBoolean();

    @Test
    void itIsListedWhereCamelListsWhatItServes() throws Exception {
        start(receiving(RECEIVER));

        List<RestRegistry.RestService> services = registry().listAllRestServices();

        assertThat(services).singleElement().satisfies(service -> {
            assertThat(service.getMethod()).isEqualTo("POST");
            assertThat(service.getUrl()).endsWith(":" + port + PATH);
            assertThat(service.getConsumes()).isEqualTo("application/json");
        });
    }

    @Test
    void itClosesWithItsRouteAndOpensWithItAgain() throws Exception {
        start(receiving(RECEIVER));

        camel.getRouteController().stopRoute("receiving");
        int stopped = completed("video_1", "order-1").send().statusCode();
        camel.getRouteController().startRoute("receiving");
        int startedAgain = completed("video_1", "order-1").send().statusCode();

        assertThat(stopped).isEqualTo(404);
        assertThat(startedAgain).isEqualTo(200);
    }

    @Test
    void itIsListedOnceHoweverOftenItsRouteStarts() throws Exception {
        start(receiving(RECEIVER));

        camel.getRouteController().stopRoute("receiving");
        int listedWhileStopped = registry().size();
        camel.getRouteController().startRoute("receiving");

        assertThat(listedWhileStopped).isZero();
        assertThat(registry().size()).isEqualTo(1);
    }

    @Test
    void whileItIsSuspendedTheVendorIsAskedToSendAgain() throws Exception {
        start(receiving(RECEIVER));

        camel.getRouteController().suspendRoute("receiving");
        int suspended = completed("video_1", "order-1").send().statusCode();
        camel.getRouteController().resumeRoute("receiving");
        int resumed = completed("video_1", "order-1").send().statusCode();

        assertThat(suspended).isEqualTo(503);
        assertThat(resumed).isEqualTo(200);
        assertThat(notice()).isNotNull();
    }

    @Test
    void whileTheLedgerIsUnavailableTheVendorIsAskedToSendAgain() throws Exception {
        sora().setLedger(cuttable(new MemoryTaskLedger(InstantSource.system(), 1_000)));
        start(receiving(RECEIVER));
        fireAndForget("order-1");
        Event event = completed(recordOf("order-1").taskId(), "order-1");

        isLedgerUnavailable.set(true);
        int whileUnavailable = event.send().statusCode();
        isLedgerUnavailable.set(false);
        int afterwards = event.send().statusCode();

        assertThat(whileUnavailable).isEqualTo(503);
        assertThat(afterwards).isEqualTo(200);
        assertThat(recordOf("order-1").result()).isNotNull();
    }

    private TaskLedger cuttable(TaskLedger ledger) {
        return (TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (isLedgerUnavailable.get() && !method.getName().equals("now")) {
                        throw new IllegalStateException("The ledger is unavailable");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void itNeedsNoApiKey() throws Exception {
        options().setApiKey(null);
        options().setWebhookSecret(SECRET);

        start(receiving("sora:webhook?webhookPath=" + PATH));

        assertThat(completed("video_1", "order-1").send().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "sora:webhook?webhookPath=/hooks/sora, needs the option webhookSecret",
        "'sora:webhook?webhookPath=/hooks/sora&webhookSecret=,', needs the option webhookSecret",
        "sora:webhook?webhookSecret=s, needs the option webhookPath",
        "sora:webhook?webhookPath=/h&webhookSecret=s&webhookMaxPayloadSize=0, webhookMaxPayloadSize must be",
        "sora:webhook?webhookPath=/h&webhookSecret=s&httpServerComponent=log, neither a component nor a bean",
    })
    void itSaysWhatItLacks(String uri, String said) {
        assertThatThrownBy(() -> start(receiving(uri))).hasStackTraceContaining(said);
    }

    @Test
    void withoutAServerItNamesTheDependencyToAdd() throws Exception {
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            bare.addRoutes(receiving(RECEIVER));

            assertThatThrownBy(bare::start).hasStackTraceContaining("camel-platform-http-main");
        }
    }

    @Test
    void itCannotBeSentTo() {
        RouteBuilder sending = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(RECEIVER);
            }
        };

        assertThatThrownBy(() -> start(sending))
                .hasStackTraceContaining("'webhook' receives, so it is used in from(), not in to()");
    }

    @Test
    void aSubmitNamesTheCallbackUrl() throws Exception {
        start();

        send(remix + "&waitForCompletion=false&callbackUrl=https://example.com/hooks/sora", "A puppy");

        assertThat(submitted().path("callback_url").asText()).isEqualTo("https://example.com/hooks/sora");
    }

    @Test
    void withoutACallbackNoneIsSent() throws Exception {
        start();

        send(remix + "&waitForCompletion=false", "A puppy");

        assertThat(submitted().has("callback_url")).isFalse();
    }

    @Test
    void anotherCallbackIsNoOtherRequest() throws Exception {
        toApis.webhook("https://example.com/hooks", SECRET);
        start();
        String keyed = remix + "&waitForCompletion=false&requestKey=order-1&callbackUrl=https://example.com/";

        send(keyed + "old", "A puppy");
        send(keyed + "new", "A puppy");

        assertPaid(1);
    }

    // PluginHelper has it only since Camel 4.18.
    @SuppressWarnings("deprecation")
    private RestRegistry registry() {
        return camel.getRestRegistry();
    }
}
