package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.internal.camel.EndpointSettings;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each option that is a number or a time: the values at the border that cannot work, and those that can. */
class OptionValuesTest {
    private static final String HUNDRED_YEARS_AND_ONE_MS = "3153600000001";

    private static final String ZERO_TIME = "must be longer than 0 ms";
    private static final String NEGATIVE_TIME = "must not be negative";
    private static final String LONG_TIME = "must be at most a hundred years";
    private static final String AT_LEAST_0 = "must be at least 0";
    private static final String AT_LEAST_1 = "must be at least 1";

    /** An option, the operation that it is set on, a value that cannot work, and what is said to be allowed. */
    private static final List<Arguments> REFUSED = List.of(
            Arguments.of("remix", "minimumCredits", "-1", AT_LEAST_0),
            Arguments.of("remix", "balanceCacheTime", "-1", NEGATIVE_TIME),
            Arguments.of("remix", "submitTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "submitTimeout", "-1", ZERO_TIME),
            Arguments.of("remix", "recoveryTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "completionTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "trackingTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "trackingTimeout", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("remix", "claimTimeout", "-1", NEGATIVE_TIME),
            Arguments.of("remix", "pollInitialDelay", "-1", NEGATIVE_TIME),
            Arguments.of("remix", "pollInitialDelay", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("remix", "pollInterval", "0", ZERO_TIME),
            Arguments.of("remix", "pollInterval", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("remix", "submitsPerSecond", "0", "must be more than 0"),
            Arguments.of("remix", "submitsPerSecond", "NaN", "must be more than 0"),
            Arguments.of("remix", "submitBurst", "0", AT_LEAST_1),
            Arguments.of("remix", "queriesPerSecond", "-0.5", "must be more than 0"),
            Arguments.of("remix", "queryBurst", "0", AT_LEAST_1),
            Arguments.of("tasks", "concurrentConsumers", "0", AT_LEAST_1),
            Arguments.of("tasks", "maximumRedeliveries", "-1", AT_LEAST_0),
            Arguments.of("tasks", "redeliveryDelay", "-1", NEGATIVE_TIME),
            Arguments.of("tasks", "redeliveryDelay", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("download", "downloadTimeout", "0", ZERO_TIME),
            Arguments.of("download", "maxFileSize", "0", AT_LEAST_1),
            Arguments.of("download", "minimumBytesPerSecond", "-1", AT_LEAST_0),
            Arguments.of("webhook", "webhookMaxPayloadSize", "0", "between 1 and"),
            Arguments.of("webhook", "webhookMaxPayloadSize", "2147483647", "between 1 and"),
            Arguments.of("remix", "connectTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "connectTimeout", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("remix", "responseTimeout", "0", ZERO_TIME),
            Arguments.of("remix", "responseTimeout", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            // Not numbers, but values that no message could make work either.
            Arguments.of("remix", "duration", "15m", "15s"),
            Arguments.of("remix", "account", "", "must be a name"),
            Arguments.of("remix", "callbackUrl", "example.com", "must be an address"),
            Arguments.of("remix", "rateGroup", "gold", "is one of default, vip, svip, none"),
            Arguments.of("remix", "pollSchedule", "often", "is one of learned, fixed"),
            Arguments.of("remix", "allowExpressions", "some", "is one of safe, all"),
            Arguments.of("download", "fileExist", "Append", "is one of Override, Fail, Ignore, Rename"),
            Arguments.of("ledger", "limit", "0", "from 1 to 1000"),
            Arguments.of("ledger", "limit", "1001", "from 1 to 1000"),
            Arguments.of("ledger", "sort", "name", "one of created, ended, expires, price"),
            Arguments.of("download", "videoIndex", "first", "a number from 0, or all"),
            Arguments.of("download", "videoIndex", "-1", "a number from 0, or all"),
            Arguments.of("download", "directory", "", "must be a path"),
            Arguments.of("download", "allowedHosts", "https://cdn.example.com", "must be names of hosts"));

    /** The same of options that only the component has. */
    private static final List<Arguments> REFUSED_BY_COMPONENT = List.of(
            Arguments.of("maxOpenTasks", "0", AT_LEAST_1),
            Arguments.of("maxConcurrentDownloads", "0", AT_LEAST_1),
            Arguments.of("leaseDuration", "0", ZERO_TIME),
            Arguments.of("leaseDuration", "99", "must be at least 100 ms"),
            Arguments.of("leaseDuration", HUNDRED_YEARS_AND_ONE_MS, LONG_TIME),
            Arguments.of("keepDelivered", "0", ZERO_TIME),
            Arguments.of("keepDelivered", "259199999", "must be at least 72h"),
            Arguments.of("ledgerFile", "", "must be the path of a file"));

    /** Options of which no number is refused. */
    private static final Set<String> ANY_NUMBER = Set.of("maxMessagesPerPoll");

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        SoraConfiguration options = component().getConfiguration();
        options.setApiKey("sk-test");
        options.setWebhookPath("/hooks/sora");
        options.setWebhookSecret("s");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private SoraComponent component() {
        return camel.getComponent("sora", SoraComponent.class);
    }

    static List<Arguments> refused() {
        return REFUSED;
    }

    static List<Arguments> refusedByComponent() {
        return REFUSED_BY_COMPONENT;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatCannotWorkIsRefusedWithItsNameAndWithWhatIsAllowed(
            String operation, String option, String value, String allowed) {
        String uri = "sora:" + operation + "?" + option + "=" + value;

        assertThatThrownBy(() -> camel.getEndpoint(uri))
                .rootCause()
                .hasMessageContaining(allowed)
                .hasMessageContaining(option)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatTheComponentHasIsRefusedToo(String operation, String option, String value, String allowed) {
        assertThatThrownBy(() -> {
                    set(option, value);
                    camel.getEndpoint("sora:" + operation);
                })
                .rootCause()
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @MethodSource("refusedByComponent")
    void aValueThatCannotWorkForTheComponentEndsItsStart(String option, String value, String allowed) {
        set(option, value);

        assertThatThrownBy(camel::start)
                .rootCause()
                .hasMessageContaining(option)
                .hasMessageContaining(allowed)
                .hasMessageContaining(value);
    }

    private void set(String option, String value) {
        PropertyBindingSupport.build()
                .withCamelContext(camel)
                .withTarget(component())
                .withConfigurer(component().getComponentPropertyConfigurer())
                .withProperty(option, value)
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind();
    }

    static Stream<String> allowed() {
        return Stream.of(
                "minimumCredits=0",
                "balanceCacheTime=0",
                "claimTimeout=0",
                "pollInitialDelay=0",
                "pollInterval=1",
                "pollInterval=36500d",
                "submitsPerSecond=0.001",
                "submitBurst=1",
                "rateGroup=VIP",
                "pollSchedule=Fixed",
                "fileExist=rename",
                "maximumRedeliveries=0",
                "redeliveryDelay=0",
                "maxFileSize=1",
                "minimumBytesPerSecond=0",
                "maxMessagesPerPoll=-1",
                "videoIndex=ALL",
                "responseTimeout=36500d",
                "allowedHosts=*.example.com,10.0.0.1");
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void aValueAtTheBorderIsTaken(String option) {
        assertThatCode(() -> camel.getEndpoint("sora:remix?" + option)).doesNotThrowAnyException();
    }

    @Test
    void noNumberOrTimeIsMissingHere() {
        Set<String> tried = Stream.concat(
                        REFUSED.stream().map(row -> (String) row.get()[1]),
                        REFUSED_BY_COMPONENT.stream().map(row -> (String) row.get()[0]))
                .collect(Collectors.toSet());

        List<String> numbers = Stream.of(SoraConfiguration.class, SoraComponent.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(Metadata.class))
                .filter(OptionValuesTest::isNumber)
                .map(Field::getName)
                .filter(name -> !ANY_NUMBER.contains(name))
                .toList();

        assertThat(numbers).isNotEmpty().isSubsetOf(tried);
    }

    private static boolean isNumber(Field option) {
        return Number.class.isAssignableFrom(option.getType())
                || Set.of(int.class, long.class, double.class).contains(option.getType());
    }

    @Test
    void ofSeveralValuesThatCannotWorkTheSameIsRefusedEachTime() {
        String all =
                "sora:remix?webhookMaxPayloadSize=0&downloadTimeout=0&concurrentConsumers=0&duration=x&pollInterval=0"
                        + "&submitTimeout=0&queryBurst=0&connectTimeout=0";

        assertThatThrownBy(() -> camel.getEndpoint(all)).rootCause().hasMessageContaining("connectTimeout");
        assertThatThrownBy(() -> camel.getEndpoint(all.replace("&connectTimeout=0", "")))
                .rootCause()
                .hasMessageContaining("queryBurst");
    }

    @Test
    void noSettingsShowASecret() {
        SoraConfiguration options = component().getConfiguration();
        options.setApiKey("sk-secret");
        options.setWebhookSecret("whsec-secret");
        options.setOperation(SoraOperation.webhook);

        String shown = EndpointSettings.of(options, null).toString();

        assertThat(shown).contains("/hooks/sora", "https://toapis.com").doesNotContain("secret");
    }
}
