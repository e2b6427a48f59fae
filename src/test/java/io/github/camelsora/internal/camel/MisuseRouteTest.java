package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraOperation;
import io.github.camelsora.support.SoraTestSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid option or address fails at the start of the route, with a message that says what would work. */
class MisuseRouteTest extends SoraTestSupport {

    @Test
    void anOperationThatDoesNotExistIsAnsweredWithTheListOfThoseThatDo() {
        String all = Stream.of(SoraOperation.values()).map(Enum::name).collect(Collectors.joining(", "));

        assertRejected("sora:remixes")
                .hasStackTraceContaining("remix, extend, generate, status, await, download, balance");
        assertRejected("sora:remixes").hasStackTraceContaining(all);
    }

    @Test
    void anOperationIsNeeded() {
        assertRejected("sora:");
    }

    @ParameterizedTest
    @MethodSource("producers")
    void aProducerIsNotUsedInFrom(SoraOperation operation) {
        assertThatThrownBy(() -> start(from("sora:" + operation + "?directory=target")))
                .hasStackTraceContaining("'" + operation + "'")
                .hasStackTraceContaining("to()");
    }

    static Stream<SoraOperation> producers() {
        return Stream.of(SoraOperation.values()).filter(operation -> !operation.isConsumer());
    }

    @ParameterizedTest
    @MethodSource("consumers")
    void aConsumerIsNotUsedInTo(SoraOperation operation) {
        assertThatThrownBy(() -> start(to("sora:" + operation
                        + (operation == SoraOperation.webhook ? "?webhookPath=/hooks&webhookSecret=whsec" : ""))))
                .hasStackTraceContaining("'" + operation + "'")
                .hasStackTraceContaining("from()");
    }

    static Stream<SoraOperation> consumers() {
        return Stream.of(SoraOperation.values()).filter(SoraOperation::isConsumer);
    }

    @Test
    void withoutAnApiKeyTheOptionAndTheVariableAreNamed() {
        options().setApiKey(null);

        assertRejected("sora:remix")
                .hasStackTraceContaining("camel.component.sora.api-key")
                .hasStackTraceContaining("TOAPIS_API_KEY");
    }

    @Test
    void aBlankApiKeyIsNone() {
        options().setApiKey(" ");

        assertRejected("sora:remix").hasStackTraceContaining("TOAPIS_API_KEY");
    }

    @Test
    void theKeyOfTheComponentIsNotForAnotherService() {
        assertRejected("sora:remix?baseUrl=http://files.test").hasStackTraceContaining("must set its own apiKey");
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

        assertRejected("sora:remix").hasStackTraceContaining("baseUrl");
    }

    @Test
    void aPlainBaseIsNotMadeSecureSilently() {
        options().setSslContextParameters(new SSLContextParameters());

        assertRejected("sora:remix").hasStackTraceContaining("https://");
    }

    @Test
    void aPlainBaseIsNotMadeSecureByTheContextEither() {
        camel.setSSLContextParameters(new SSLContextParameters());
        sora().setUseGlobalSslContextParameters(true);

        assertRejected("sora:remix").hasStackTraceContaining("https://");
    }

    @Test
    void allVideosOfATaskNeedAPlace() {
        assertRejected("sora:download?videoIndex=all").hasStackTraceContaining("directory");
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
        assertRejected("sora:remix?" + option).hasStackTraceContaining(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "15m", "1.5", "-15"})
    void aDurationThatIsNotWholeSecondsIsRejected(String duration) {
        assertRejected("sora:remix?duration=" + duration).hasStackTraceContaining("15s");
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
        assertRejected("sora:remix?account=").hasStackTraceContaining("account");
    }

    @Test
    void anOptionThatDoesNotExistIsRejectedByName() {
        assertRejected("sora:remix?promt=A puppy").hasStackTraceContaining("promt");
    }

    @Test
    void aSimpleExpressionThatCannotBeReadIsRejected() {
        assertRejected("sora:remix?requestKey=${header.order").hasStackTraceContaining("${header.order");
    }

    private AbstractThrowableAssert<?, ?> assertRejected(String uri) {
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
