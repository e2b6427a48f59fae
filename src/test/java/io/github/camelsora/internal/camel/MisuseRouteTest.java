package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.support.SoraTestSupport;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is told when the route starts, in words that say what would. */
class MisuseRouteTest extends SoraTestSupport {

    @Test
    void anOperationThatDoesNotExistIsAnsweredWithTheListOfThoseThatDo() {
        assertRefused("sora:remixes").hasStackTraceContaining("remix, generate, status, await, download, balance");
    }

    @Test
    void anOperationIsNeeded() {
        assertRefused("sora:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"remix", "status", "await", "download"})
    void whatSendsIsNotUsedInFrom(String operation) {
        assertThatThrownBy(() -> start(from("sora:" + operation + "?directory=target")))
                .hasStackTraceContaining("'" + operation + "'")
                .hasStackTraceContaining("to()");
    }

    @Test
    void withoutAnApiKeyTheOptionAndTheVariableAreNamed() {
        options().setApiKey(null);

        assertRefused("sora:remix")
                .hasStackTraceContaining("camel.component.sora.api-key")
                .hasStackTraceContaining("TOAPIS_API_KEY");
    }

    @Test
    void aBlankApiKeyIsNone() {
        options().setApiKey(" ");

        assertRefused("sora:remix").hasStackTraceContaining("TOAPIS_API_KEY");
    }

    @Test
    void theKeyOfTheComponentIsNotForAnotherService() {
        assertRefused("sora:remix?baseUrl=http://files.test").hasStackTraceContaining("must set its own apiKey");
    }

    @Test
    void anotherServiceWithAnotherKeyIsFine() {
        assertThatCode(() -> start(to("sora:remix?baseUrl=http://files.test&apiKey=sk-other")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "toapis.com",
                "ftp://toapis.com",
                "http://",
                "//toapis.com",
                "http://toapis.com?key=1",
                "http://user:secret@toapis.com",
                "not a url"
            })
    void aBaseUrlThatIsNoneIsRejected(String baseUrl) {
        options().setBaseUrl(baseUrl);

        assertRefused("sora:remix").hasStackTraceContaining("baseUrl");
    }

    @Test
    void aPlainBaseIsNotMadeSecureSilently() {
        options().setSslContextParameters(new SSLContextParameters());

        assertRefused("sora:remix").hasStackTraceContaining("https://");
    }

    @Test
    void aPlainBaseIsNotMadeSecureByTheContextEither() {
        camel.setSSLContextParameters(new SSLContextParameters());
        sora().setUseGlobalSslContextParameters(true);

        assertRefused("sora:remix").hasStackTraceContaining("https://");
    }

    @Test
    void allVideosOfATaskNeedAPlace() {
        assertRefused("sora:download?videoIndex=all").hasStackTraceContaining("directory");
    }

    static Stream<String> timesThatCannotBe() {
        return Stream.of(
                        "submitTimeout",
                        "completionTimeout",
                        "trackingTimeout",
                        "pollInitialDelay",
                        "pollInterval",
                        "connectTimeout",
                        "responseTimeout")
                .flatMap(name -> Stream.of(name + "=-1", name + "=soon"));
    }

    @ParameterizedTest
    @MethodSource("timesThatCannotBe")
    void aTimeThatCannotBeIsRejectedByName(String option) {
        assertRefused("sora:remix?" + option).hasStackTraceContaining(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "15m", "1.5", "-15"})
    void aDurationThatIsNotWholeSecondsIsRejected(String duration) {
        assertRefused("sora:remix?duration=" + duration).hasStackTraceContaining("15s");
    }

    @Test
    void anAccountHasOneKey() {
        assertThatThrownBy(() -> start(to("sora:remix"), to("sora:await?apiKey=sk-other")))
                .hasStackTraceContaining("'default'")
                .hasStackTraceContaining("account");
    }

    @Test
    void twoAccountsHaveTwoKeys() {
        assertThatCode(() -> start(to("sora:remix"), to("sora:await?apiKey=sk-other&account=other")))
                .doesNotThrowAnyException();
    }

    @Test
    void anAccountNeedsAName() {
        assertRefused("sora:remix?account=").hasStackTraceContaining("account");
    }

    @Test
    void anOptionThatDoesNotExistIsRejectedByName() {
        assertRefused("sora:remix?promt=A puppy").hasStackTraceContaining("promt");
    }

    @Test
    void aSimpleExpressionThatCannotBeReadIsRejected() {
        assertRefused("sora:remix?requestKey=${header.order").hasStackTraceContaining("${header.order");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String uri) {
        return assertThatThrownBy(() -> start(to(uri)));
    }

    private static RouteBuilder to(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + Math.abs(uri.hashCode())).to(uri);
            }
        };
    }

    private static RouteBuilder from(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).to("log:never");
            }
        };
    }
}
