package io.github.camelsora.internal.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.SelfSigned;
import io.github.camelsora.support.SoraTestSupport;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a certificate of its own: only clients that are configured to trust it reach it. */
class TlsRouteTest extends SoraTestSupport {
    @TempDir
    static Path keys;

    private static SSLContextParameters trusting;
    private static SSLContextParameters mistrusting;
    private static ToApisSimulator secure;

    @TempDir
    Path videos;

    @BeforeAll
    static void startSecureService() throws Exception {
        trusting = selfSigned(keys.resolve("service.p12"));
        mistrusting = selfSigned(keys.resolve("other.p12"));
        secure = ToApisSimulator.builder()
                .tls(trusting.createSSLContext(new DefaultCamelContext()))
                .taskDuration(Duration.ofMillis(50))
                .start();
    }

    @AfterAll
    static void stopSecureService() {
        secure.close();
    }

    @BeforeEach
    void useSecureService() {
        secure.reset();
        options().setBaseUrl(secure.baseUrl());
    }

    @Test
    void parametersOnSoraAreUsed() throws Exception {
        options().setSslContextParameters(trusting);

        assertWorks();
    }

    @Test
    void parametersOnAnEndpointAreUsed() throws Exception {
        camel.getRegistry().bind("ours", trusting);
        camel.start();

        Exchange out = send("sora:remix?sslContextParameters=#bean:ours&videoId=" + secure.addSource(), "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void parametersOnTheHttpComponentAreUsed() throws Exception {
        https().setSslContextParameters(trusting);

        assertWorks();
    }

    @Test
    void parametersOfTheContextAreUsedWhenAskedFor() throws Exception {
        camel.setSSLContextParameters(trusting);
        sora().setUseGlobalSslContextParameters(true);

        assertWorks();
    }

    @Test
    void parametersOnSoraComeBeforeThoseOfTheHttpComponent() throws Exception {
        https().setSslContextParameters(mistrusting);
        options().setSslContextParameters(trusting);

        assertWorks();
    }

    @Test
    void parametersOnSoraComeBeforeThoseOfTheHttpComponentAlsoWhereTheyTrustLess() throws Exception {
        https().setSslContextParameters(trusting);
        options().setSslContextParameters(mistrusting);

        assertNothingIsSent();
    }

    @Test
    void withoutParametersTheServiceIsNotTrusted() throws Exception {
        assertNothingIsSent();
    }

    private void assertWorks() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:remix?videoId=" + secure.addSource())
                        .to("sora:download?directory=" + videos);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(File.class)).isNotEmpty();
    }

    private void assertNothingIsSent() throws Exception {
        start();

        Exchange out = send("sora:remix?submitTimeout=900&videoId=" + secure.addSource(), "A puppy");

        assertThat(out.getException())
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        unavailable -> assertThat(unavailable.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT));
        assertThat(secure.books().submitsReceived()).isZero();
    }

    private HttpComponent https() {
        return camel.getComponent("https", HttpComponent.class);
    }

    private static SSLContextParameters selfSigned(Path file) throws Exception {
        SelfSigned.writeKeyStore(file);
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setPassword(SelfSigned.PASSWORD);
        store.setType("PKCS12");
        KeyManagersParameters own = new KeyManagersParameters();
        own.setKeyStore(store);
        own.setKeyPassword(SelfSigned.PASSWORD);
        TrustManagersParameters trusted = new TrustManagersParameters();
        trusted.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(own);
        parameters.setTrustManagers(trusted);
        return parameters;
    }
}
