package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.net.URI;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.common.HttpConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the context's http component is set to applies to our calls, and never makes one of them two. */
class HttpRecipeRouteTest extends SoraTestSupport {
    private String remix;

    @BeforeEach
    void addASource() {
        remix = "sora:remix?videoId=" + toApis.addSource();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Digest", "Bearer"})
    void credentialsOfTheHttpComponentDoNotSendASubmitTwice(String method) throws Exception {
        credentials(method);
        toApis.on(Call.SUBMIT)
                .answer(
                        401,
                        "{}",
                        "WWW-Authenticate: " + method + " realm=\"toapis\", nonce=\"1\", qop=\"auth\", algorithm=MD5");
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isInstanceOf(AuthenticationException.class);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aProxyThatAsksForCredentialsIsNotAnsweredWithTheSubmitAgain() throws Exception {
        credentials("Basic");
        toApis.on(Call.SUBMIT).answer(407, "{}", "Proxy-Authenticate: Basic realm=\"proxy\"");
        start();

        send(remix, "A puppy");

        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void credentialsOfTheHttpComponentAreNotSentInPlaceOfTheKey() throws Exception {
        credentials("Basic");
        start();

        send(remix, "A puppy");

        assertThat(toApis.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.header("Authorization"))
                .contains("Bearer " + toApis.apiKey()));
    }

    @Test
    void tokensOfTheHttpComponentAreNotSentInPlaceOfTheKey() throws Exception {
        HttpConfiguration credentials = new HttpConfiguration();
        credentials.setOauth2ClientId("somebody");
        credentials.setOauth2ClientSecret("else");
        credentials.setOauth2TokenEndpoint(toApis.fileBaseUrl() + "/token");
        http().setHttpConfiguration(credentials);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void httpActivityMayBeLogged(@TempDir Path videos) throws Exception {
        http().setLogHttpActivity(true);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).to("sora:download?directory=" + videos);
            }
        });

        assertThat(send("direct:in", "A puppy").getException()).isNull();
    }

    @Test
    void theProxyOfTheHttpComponentIsUsed() throws Exception {
        URI proxy = URI.create(toApis.baseUrl());
        http().setProxyHost(proxy.getHost());
        http().setProxyPort(proxy.getPort());
        options().setBaseUrl("http://api.test:1");
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(toApis.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.target())
                .startsWith("http://api.test:1/v1/"));
    }

    @Test
    void theProxyOfTheContextIsUsed() throws Exception {
        URI proxy = URI.create(toApis.baseUrl());
        camel.getGlobalOptions().put("http.proxyHost", proxy.getHost());
        camel.getGlobalOptions().put("http.proxyPort", String.valueOf(proxy.getPort()));
        options().setBaseUrl("http://api.test:1");
        start();

        assertThat(send(remix, "A puppy").getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aSubmitFollowsNoRedirect(int status) throws Exception {
        http().setFollowRedirects(true);
        toApis.on(Call.SUBMIT).answer(status, "", "Location: " + toApis.baseUrl() + "/v1/videos/elsewhere/remix");
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
    }

    @Test
    void aRedirectedQueryDoesNotCarryTheKeyAlong() throws Exception {
        http().setFollowRedirects(true);
        toApis.on(Call.STATUS).answer(302, "", "Location: " + toApis.fileBaseUrl() + "/videos/x/0.mp4");
        start();

        send("sora:status?taskId=" + toApis.addSource(), null);

        assertThat(toApis.books().fileCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void theHttpLibraryDoesNotSendAgainByItself(int status) throws Exception {
        toApis.on(Call.SUBMIT).answer(status, "{\"error\": {\"code\": \"rate_limit_unavailable\"}}", "Retry-After: 1");
        start();

        send(remix + "&submitTimeout=900", "A puppy");

        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void cookiesOfTheServiceAreNotKept() throws Exception {
        String id = toApis.addSource();
        toApis.on(Call.STATUS).times(1).answer(500, "{}", "Set-Cookie: session=1");
        start();

        send("sora:status?taskId=" + id, null);
        send("sora:status?taskId=" + id, null);

        assertThat(toApis.requests(Call.STATUS)).hasSize(2).allSatisfy(request -> assertThat(request.header("Cookie"))
                .isEmpty());
    }

    private HttpComponent http() {
        return camel.getComponent("http", HttpComponent.class);
    }

    private void credentials(String method) {
        HttpConfiguration credentials = new HttpConfiguration();
        credentials.setAuthMethod(method);
        credentials.setAuthUsername("somebody");
        credentials.setAuthPassword("else");
        credentials.setAuthBearerToken("token");
        http().setHttpConfiguration(credentials);
    }
}
