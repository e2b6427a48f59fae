package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.SoraException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
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

    private JMXConnectorServer server;
    private JMXConnector connector;
    private MBeanServerConnection jmx;
    private ObjectName bean;

    @BeforeEach
    void connect() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        camel.start();
        send(
                "sora:remix?waitForCompletion=false&requestKey=order-4711&videoId=" + toApis.addSource(),
                "A puppy",
                Map.of());
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"),
                null,
                camel.getManagementStrategy().getManagementAgent().getMBeanServer());
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        jmx = connector.getMBeanServerConnection();
        Set<ObjectName> names = jmx.queryNames(
                new ObjectName(
                        "org.apache.camel:context=" + camel.getManagementName() + ",type=services,name=SoraOperator*"),
                null);
        assertThat(names).hasSize(1);
        bean = names.iterator().next();
    }

    @AfterEach
    void disconnect() throws Exception {
        connector.close();
        server.stop();
    }

    @Test
    void theBeanHasTheseOperationsWithAsManyParameters() throws Exception {
        Map<String, Integer> parameters = new LinkedHashMap<>();
        Stream.of(jmx.getMBeanInfo(bean).getOperations())
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
            Object[] given = parameters.stream().map(VALUES::get).toArray();
            assertThat(given).as(name).doesNotContainNull();
            String[] types = new String[given.length];
            Arrays.fill(types, String.class.getName());

            Throwable failure = catchThrowable(() -> jmx.invoke(bean, name, given, types));

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
        String[] types = new String[4];
        Arrays.fill(types, String.class.getName());

        jmx.invoke(bean, "setAside", values("setAside"), types);

        assertThat((String) jmx.invoke(bean, "history", values("history"), Arrays.copyOf(types, 2)))
                .contains("RUNNING -> SET_ASIDE, by joe, a test");
    }

    @Test
    void theProgramForJmxKnowsEachOperation() {
        Stream<String> known = Pattern.compile("Map\\.entry\\(\"(\\w+)\", (List\\.of\\([^)]*\\)|ON_A_KEY)\\)")
                .matcher(Snippets.read(Path.of("samples/operator/Sora.java")))
                .results()
                .map(entry -> entry.group(1));

        assertThat(known).containsExactlyInAnyOrderElementsOf(operations().keySet());
    }

    private static Object[] values(String operation) {
        return operations().get(operation).stream().map(VALUES::get).toArray();
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
