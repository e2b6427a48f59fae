package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.support.OperatorBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations of the JMX bean that the page for operators names, over a real connection. */
class OperatorBeanPageTest extends DocsTestSupport {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`\\w+`(?:, `\\w+`)*) \\| (.+)$");

    /** What the bean has besides, as each managed service of Camel. */
    private static final Pattern OF_CAMEL = Pattern.compile(
            "start|stop|suspend|resume|isSuspended|isStaticService|isSupportSuspension|get\\p{Upper}\\w*");

    private static final Map<String, String> VALUES = Map.of(
            "account", "default",
            "key", "order-4711",
            "key or task id", "order-4711",
            "task id", "video_01K8SGYNNNVBQTXNR4MM964S7K",
            "correlation id", "process-1",
            "filter", "state:running",
            "action", "release",
            "token", "no-such-token",
            "actor", "joe",
            "reason", "a test");

    private OperatorBean bean;

    @BeforeEach
    void connect() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        camel.start();
        send(
                "sora:remix?waitForCompletion=false&requestKey=order-4711&videoId=" + toApis.addSource(),
                "A puppy",
                Map.of());
        bean = new OperatorBean(camel);
    }

    @AfterEach
    void disconnect() throws Exception {
        bean.close();
    }

    @Test
    void theBeanHasTheseOperationsWithAsManyParameters() throws Exception {
        Map<String, Integer> parameters = new LinkedHashMap<>();
        Stream.of(bean.operations())
                .filter(operation -> !OF_CAMEL.matcher(operation.getName()).matches())
                .forEach(operation -> parameters.put(operation.getName(), operation.getSignature().length));

        Map<String, Integer> shown = new LinkedHashMap<>();
        operations().forEach((name, given) -> shown.put(name, given.size()));

        assertThat(shown).containsExactlyInAnyOrderEntriesOf(parameters);
    }

    /** Each does what it is asked, or refuses it by a rule of the ledger; what it does is tested elsewhere. */
    @Test
    void eachOperationTakesItsParametersInThisOrder() {
        assertThat(operations()).hasSizeGreaterThan(10).allSatisfy((name, parameters) -> {
            String[] given = parameters.stream().map(VALUES::get).toArray(String[]::new);
            assertThat(given).as(name).doesNotContainNull();

            Throwable failure = catchThrowable(() -> bean.call(name, given));

            if (failure != null) {
                assertThat(failure)
                        .as(name)
                        .rootCause()
                        .isInstanceOfAny(IllegalArgumentException.class, SoraException.class)
                        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                        .containsAnyOf("order-4711", "token");
            }
        });
    }

    @Test
    void anActionOnAKeyIsInTheHistoryAsItWasGiven() throws Exception {
        bean.call("setAside", values("setAside"));

        assertThat(bean.call("history", values("history"))).contains("RUNNING -> SET_ASIDE, by joe, a test");
    }

    @Test
    void theProgramForJmxKnowsEachOperation() {
        Stream<String> known = Pattern.compile("Map\\.entry\\(\"(\\w+)\", (List\\.of\\([^)]*\\)|ON_A_KEY)\\)")
                .matcher(Snippets.read(Path.of("samples/operator/Sora.java")))
                .results()
                .map(entry -> entry.group(1));

        assertThat(known).containsExactlyInAnyOrderElementsOf(operations().keySet());
    }

    private static String[] values(String operation) {
        return operations().get(operation).stream().map(VALUES::get).toArray(String[]::new);
    }

    private static Map<String, List<String>> operations() {
        Map<String, List<String>> operations = new LinkedHashMap<>();
        ROW.matcher(OperationsPage.section("Operations of the JMX bean"))
                .results()
                .forEach(row -> Stream.of(row.group(1).replace("`", "").split(", "))
                        .forEach(name ->
                                operations.put(name, List.of(row.group(2).split(", ")))));
        return operations;
    }
}
