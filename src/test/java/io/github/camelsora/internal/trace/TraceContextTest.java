package io.github.camelsora.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header traceparent is read as the W3C's recommendation says, and what is none is ignored. */
class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String CONTEXT = "00-" + TRACE + "-" + SPAN + "-01";

    @ParameterizedTest
    @ValueSource(strings = {CONTEXT, " " + CONTEXT + " ", "cc-" + TRACE + "-" + SPAN + "-01-what-comes-later"})
    void aContextIsReadInTheVersionThatIsKnown(String header) {
        assertThat(TraceContext.read(header)).isEqualTo(CONTEXT);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "a prompt",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                CONTEXT + "-more",
                "cc-" + TRACE + "-" + SPAN + "-01more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "[" + CONTEXT + "]",
            })
    void whatIsNoContextIsIgnored(String header) {
        assertThat(TraceContext.read(header)).isNull();
    }

    @Test
    void aContextHasItsParts() {
        assertThat(TraceContext.traceId(CONTEXT)).isEqualTo(TRACE);
        assertThat(TraceContext.spanId(CONTEXT)).isEqualTo(SPAN);
        assertThat(TraceContext.flags(CONTEXT)).isEqualTo("01");
        assertThat(TraceContext.traceId(null)).isNull();
    }
}
