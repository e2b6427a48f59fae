package io.github.camelsora.docs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.Balance;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.SelfSigned;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.EnvPropertiesFunction;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts camel-main with the properties that the documentation shows. */
class SettingsTest {
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = "options.properties")
    void optionsAreSetByProperties(String properties) {
        // With this profile Camel 4.22 rejects secrets in plain text.
        main.addInitialProperty("camel.main.profile", "prod");
        environment("TOAPIS_API_KEY", "your-key");
        start(properties, Map.of());

        SoraConfiguration options =
                main.getCamelContext().getComponent("sora", SoraComponent.class).getConfiguration();
        assertThat(options.getApiKey()).isEqualTo("your-key");
        assertThat(options.getModel()).isEqualTo("sora-2-pro");
        assertThat(options.getDuration()).isEqualTo("25");
        assertThat(options.getAspectRatio()).isEqualTo("9:16");
        assertThat(options.getCompletionTimeout()).isEqualTo(20 * 60_000);
    }

    @ParameterizedTest
    @ValueSource(strings = "threads.properties")
    void asManyRoutesContinueAtOnceAsThePoolHasThreads(String properties) throws Exception {
        CyclicBarrier allAtOnce = new CyclicBarrier(16);
        try (ToApisSimulator toApis = ToApisSimulator.start()) {
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("sora:balance").process(exchange -> allAtOnce.await(20, SECONDS));
                }
            });
            start(
                    properties,
                    Map.of(
                            "camel.component.sora.base-url", toApis.baseUrl(),
                            "camel.component.sora.api-key", toApis.apiKey()));

            ProducerTemplate template = main.getCamelTemplate();
            List<CompletableFuture<Exchange>> sent = IntStream.range(0, 16)
                    .mapToObj(i -> template.asyncSend("direct:in", exchange -> {}))
                    .toList();

            assertThat(sent)
                    .extracting(exchange -> exchange.join().getException())
                    .containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "proxy.properties")
    void theProxyOfTheHttpsComponentIsUsed(String properties) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));
            start(
                    properties,
                    Map.of(
                            "camel.component.sora.api-key", "k",
                            "camel.component.https.proxy-host", "127.0.0.1",
                            "camel.component.https.proxy-port", String.valueOf(proxy.getLocalPort())));

            main.getCamelTemplate().send("sora:balance", exchange -> {});

            assertThat(asked.join()).startsWith("CONNECT toapis.com:443");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "tls.properties")
    void aConfiguredCertificateIsTrusted(String properties, @TempDir Path folder) throws Exception {
        Path store = folder.resolve("truststore.p12");
        try (ToApisSimulator toApis =
                ToApisSimulator.builder().tls(SelfSigned.context(store)).start()) {
            start(
                    properties,
                    Map.of(
                            "camel.beans.tls.trust-managers.key-store.resource", "file:" + store,
                            "camel.component.sora.base-url", toApis.baseUrl(),
                            "camel.component.sora.api-key", toApis.apiKey()));

            ProducerTemplate template = main.getCamelTemplate();
            Balance balance = template.requestBody("sora:balance", null, Balance.class);

            assertThat(balance.remainingCredits()).isPositive();
        }
    }

    private void start(String properties, Map<String, String> instead) {
        main.setPropertyPlaceholderLocations("file:" + Snippets.file(properties));
        instead.forEach(main::addOverrideProperty);
        main.start();
    }

    /** What {@code {{env:name}}} is. */
    private void environment(String name, String value) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                starting.getCamelContext().getPropertiesComponent().addPropertiesFunction(new EnvPropertiesFunction() {
                    @Override
                    public String apply(String remainder) {
                        return remainder.equals(name) ? value : super.apply(remainder);
                    }
                });
            }
        });
    }

    private static String firstLine(ServerSocket proxy) {
        try (Socket socket = proxy.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
