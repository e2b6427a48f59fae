package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Simple has operators since Camel 4.18. To an older one they are text, so that all messages would share a key. */
class OperatorTest {
    private static final String TEXT = "${header.none} ?: 'default'";

    @Test
    void aDefaultIsUsedOrTheRouteDoesNotStart() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            String[] value = new String[1];

            Throwable failure = catchThrowable(
                    () -> value[0] = OptionExpression.of(camel, "requestKey", TEXT, AllowedFunctions.SAFE)
                            .read(new DefaultExchange(camel)));

            if (isOlderThan418(camel.getVersion())) {
                assertThat(failure)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("requestKey", TEXT, "4.18", camel.getVersion());
            } else {
                assertThat(failure).isNull();
                assertThat(value[0]).isEqualTo("default");
            }
        }
    }

    private static boolean isOlderThan418(String version) {
        String[] parts = version.split("\\.");
        return Integer.parseInt(parts[0]) == 4 && Integer.parseInt(parts[1]) < 18;
    }
}
