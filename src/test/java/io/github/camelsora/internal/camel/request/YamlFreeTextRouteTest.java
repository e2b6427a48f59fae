package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.support.SoraTestSupport;
import java.util.stream.Stream;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Free text as a parameter in YAML: Camel makes an address of it, so text with characters of an address needs RAW. */
class YamlFreeTextRouteTest extends SoraTestSupport {

    static Stream<String> texts() {
        return Stream.of(
                "1 + 1 = 2, 100% & more",
                "100%41 new", "é+🐶", "C++ & 100%", "a (small) dog? #1 \"quoted\" 'twice'", "a plain text");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void rawTextIsSentAsItIsWritten(String text) throws Exception {
        load("RAW(" + text + ")");

        send("direct:in", null);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anExpressionInRawTextIsEvaluatedAndItsValueIsSentAsItIs(String text) throws Exception {
        load("RAW(" + text + " ${header.more})");

        send("direct:in", null, "more", "+ %41 & RAW(x) ${header.none}");

        assertThat(submitted().path("prompt").textValue()).isEqualTo(text + " + %41 & RAW(x) ${header.none}");
    }

    static Stream<Arguments> whatCamelMakesOfPlainText() {
        return Stream.of(Arguments.of("1 + 1 = 2", "1   1 = 2"), Arguments.of("100%41 new", "100A new"));
    }

    /** Not what is wanted, but what Camel does with every endpoint, and why the pages show RAW. */
    @ParameterizedTest
    @MethodSource("whatCamelMakesOfPlainText")
    void plainTextIsReadAsAnAddress(String text, String sent) throws Exception {
        load(text);

        send("direct:in", null);

        assertThat(submitted().path("prompt").textValue()).isEqualTo(sent);
    }

    @Test
    void plainTextWithAnAmpersandDoesNotStart() {
        assertThatThrownBy(() -> load("C++ & 100%")).isNotNull();
        assertThat(toApis.requests()).isEmpty();
    }

    private void load(String prompt) throws Exception {
        String route = """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: sora:remix
                            parameters:
                              videoId: %s
                              prompt: "%s"
                """.formatted(toApis.addSource(), prompt.replace("\"", "\\\""));
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("route.yaml", route));
        start();
    }
}
