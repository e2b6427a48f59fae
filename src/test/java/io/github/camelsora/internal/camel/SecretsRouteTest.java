package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.SoraTestSupport;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API key is sent to the service only, and the signature of an address to its host only. */
class SecretsRouteTest extends SoraTestSupport {
    private static final String KEY = "sk-simulator";
    private static final String SIGNATURE = "signature=";

    @TempDir
    Path videos;

    private String remix;

    @BeforeEach
    void giveTheEndpointItsOwnKey() {
        remix = "sora:remix?apiKey=" + KEY + "&baseUrl=" + toApis.baseUrl() + "&videoId=" + toApis.addSource();
    }

    @Test
    void anEndpointPrintsItsUriWithoutTheKey() throws Exception {
        start();

        assertThat(camel.getEndpoint(remix)).asString().contains("sora:").doesNotContain(KEY);
        assertThat(URISupport.sanitizeUri(camel.getEndpoint(remix).getEndpointUri()))
                .doesNotContain(KEY);
    }

    @Test
    void theConfigurationPrintsNoKey() {
        assertThat(options()).asString().doesNotContain(KEY);
        assertThat(sora()).asString().doesNotContain(KEY);
    }

    @Test
    void whatIsLoggedHoldsNeitherKeyNorSignature() throws Exception {
        // The key of the component, as operators set it: what stands in a URI is logged by Camel itself at TRACE.
        remix = "sora:remix?videoId=" + toApis.addSource();
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogCapture everything = new LogCapture(lines)) {
            start(remixAndDownload());
            send("direct:in", "A puppy");
            send("direct:in", "A puppy [fail]");
            toApis.on(Call.FILE).cut();
            send("direct:in", "A kitten");
            toApis.revokeApiKey(KEY);
            send("direct:in", "A puppy");
            camel.stop();
        }

        assertThat(lines).anyMatch(line -> line.contains("Submitted"));
        assertThat(secretsIn(lines)).isEmpty();
    }

    @Test
    void jmxShowsNoKey() throws Exception {
        start(remixAndDownload());
        send("direct:in", "A puppy");

        Queue<String> shown = shownByJmx();
        assertThat(shown).anyMatch(text -> text.contains("sora://remix"));
        assertThat(secretsIn(shown)).isEmpty();
    }

    @Test
    void aRouteIsDumpedWithThePlaceholderOfTheKey() throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("the.key", KEY);
        remix = remix.replace(KEY, "{{the.key}}");
        start(remixAndDownload());
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);

        String xml = PluginHelper.getModelToXMLDumper(camel)
                .dumpModelAsXml(camel, model.getRouteDefinitions().get(0));

        assertThat(xml).contains("sora:remix").doesNotContain(KEY);
    }

    @Test
    void theKeyIsSentToTheServiceOnly() throws Exception {
        start(remixAndDownload());

        send("direct:in", "A puppy");

        assertThat(toApis.books().fileCalls()).isPositive();
        assertThat(toApis.books().keysLeakedToFileHost()).isZero();
    }

    @Test
    void headersOfTheExchangeAreSentNowhere() throws Exception {
        start(remixAndDownload());

        send("direct:in", "A puppy", "Authorization", "Basic of-the-user", "Cookie", "session=1", "X-Mine", "mine");

        assertThat(toApis.requests()).hasSizeGreaterThan(2).allSatisfy(request -> assertThat(
                        request.headers().toString())
                .doesNotContain("of-the-user", "session=1", "mine"));
    }

    private RouteBuilder remixAndDownload() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).to("sora:download?downloadTimeout=900&directory=" + videos);
            }
        };
    }

    private static List<String> secretsIn(Collection<String> texts) {
        return texts.stream()
                .filter(text -> text.contains(KEY) || text.contains(SIGNATURE))
                .toList();
    }

    private static Queue<String> shownByJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            shown.add(name.getCanonicalName());
            Arrays.stream(server.getMBeanInfo(name).getAttributes())
                    .filter(MBeanAttributeInfo::isReadable)
                    .map(attribute -> {
                        try {
                            return name + " " + attribute.getName() + " = "
                                    + server.getAttribute(name, attribute.getName());
                        } catch (Exception e) {
                            return name + " " + attribute.getName() + " cannot be read: " + e;
                        }
                    })
                    .forEach(shown::add);
        }
        return shown;
    }
}
