package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.toapis.Json;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's bean over a real connection of JMX, as JConsole has one. */
class SoraOperatorJmxTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private JMXConnectorServer server;
    private JMXConnector connector;

    @Override
    protected boolean isManaged() {
        return true;
    }

    private MBeanServerConnection connect() throws Exception {
        start();
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"),
                null,
                camel.getManagementStrategy().getManagementAgent().getMBeanServer());
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        return connector.getMBeanServerConnection();
    }

    @AfterEach
    void disconnect() throws Exception {
        if (connector != null) {
            connector.close();
            server.stop();
        }
    }

    private ObjectName bean(MBeanServerConnection jmx) throws Exception {
        Set<ObjectName> names = jmx.queryNames(
                new ObjectName(
                        "org.apache.camel:context=" + camel.getManagementName() + ",type=services,name=SoraOperator*"),
                null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private String call(MBeanServerConnection jmx, String operation, String... arguments) throws Exception {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return (String) jmx.invoke(bean(jmx), operation, arguments, types);
    }

    @Test
    void countsLimitsAndPausesAreReadable() throws Exception {
        options().setSpendLimit("100/1d");
        options().setCreditPrices("sora-2=20");
        letTasksRunLong();
        MBeanServerConnection jmx = connect();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");
        call(jmx, "pauseAccount", "default", "joe", "The bill is too high");

        assertThat(jmx.getAttribute(bean(jmx), "OpenTasks")).isEqualTo(1L);
        assertThat((String[]) jmx.getAttribute(bean(jmx), "TaskCounts"))
                .containsExactly("default RUNNING: 1 tasks, 20 credits");
        assertThat((String[]) jmx.getAttribute(bean(jmx), "SpendLimits"))
                .containsExactly("default 100/1d: 20 held, 80 left");
        assertThat((String[]) jmx.getAttribute(bean(jmx), "Pauses"))
                .singleElement()
                .asString()
                .contains("(OPERATOR, joe)", "The bill is too high");
        assertThat(jmx.getAttribute(bean(jmx), "QueuedSubmits")).isEqualTo(0);
        assertThat(jmx.getAttribute(bean(jmx), "LastLedgerError")).isEqualTo("");
        assertThat((String) jmx.getAttribute(bean(jmx), "Node")).isNotBlank();
    }

    @Test
    void anAccountIsResumed() throws Exception {
        MBeanServerConnection jmx = connect();
        call(jmx, "pauseAccount", "default", "joe", "The bill is too high");

        call(jmx, "resumeAccount", "default", "ann", "It is not");

        assertThat((String[]) jmx.getAttribute(bean(jmx), "Pauses")).isEmpty();
    }

    @Test
    void aTaskIsFoundReadAndForgotten() throws Exception {
        MBeanServerConnection jmx = connect();
        send(remix, "A puppy [fail]", KEY, "order-1");

        assertThat(call(jmx, "list", "state:delivered")).contains("default,order-1,DELIVERED");
        assertThat(call(jmx, "get", "", "order-1")).contains("\"state\":\"DELIVERED\"");
        assertThat(call(jmx, "lineage", "", "order-1").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("-1 " + source),
                        line -> assertThat(line).startsWith("0 video_").contains("key order-1, DELIVERED"));
        assertThat(call(jmx, "history", "", "order-1")).contains("SubmitAccepted: INTENT -> RUNNING");
        call(jmx, "forget", "", "order-1", "joe", "A test");

        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
        assertThat(call(jmx, "history", "", "order-1")).contains("Forgotten: DELIVERED -> null, by joe, A test");
        assertThatThrownBy(() -> call(jmx, "forget", "", "order-1", "", ""))
                .rootCause()
                .hasMessageContaining("actor is missing");
    }

    @Test
    void theTasksOfAProcessAreErased() throws Exception {
        MBeanServerConnection jmx = connect();
        send(remix, "A puppy", KEY, "order-1", "CamelSoraCorrelationId", "process-1");

        String result = call(jmx, "erase", "", "process-1", "joe", "A test");

        assertThat(result).contains("\"action\":\"erase\"", "\"done\":[{\"account\":\"default\",\"key\":\"order-1\"}]");
        assertThat(recordOf("order-1").request()).doesNotContain("puppy");
        assertThat(call(jmx, "history", "", "order-1"))
                .contains("PromptErased: DELIVERED -> DELIVERED, by joe, A test");
    }

    @Test
    void manyAreActedOnByTheTokenOfAPreview() throws Exception {
        MBeanServerConnection jmx = connect();
        send(remix, "A puppy [fail]", KEY, "order-1");
        send(remix, "A puppy [fail]", KEY, "order-2");

        String preview = call(jmx, "preview", "forget", "order");
        String token = (String) Json.readMap(preview).orElseThrow().get("token");
        String result = call(jmx, "act", "forget", token, "joe", "");

        assertThat(preview).contains("\"records\":2");
        assertThat(result).contains("order-1", "order-2");
        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
    }

    @Test
    void whatIsSetAsideIsReleasedAndALostSubmitAdopted() throws Exception {
        letTasksRunLong();
        MBeanServerConnection jmx = connect();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");

        call(jmx, "setAside", "default", "order-1", "joe", "");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.SET_ASIDE);
        call(jmx, "release", "default", "order-1", "joe", "");

        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.RUNNING);
        assertThatThrownBy(() -> call(jmx, "adopt", "default", "order-1", "video_1", "joe", ""))
                .rootCause()
                .hasMessageContaining("RUNNING");
    }

    @Test
    void theBeanLeavesWithTheComponent() throws Exception {
        MBeanServerConnection jmx = connect();
        bean(jmx);

        sora().stop();

        assertThat(jmx.queryNames(
                        new ObjectName("org.apache.camel:context=" + camel.getManagementName()
                                + ",type=services,name=SoraOperator*"),
                        null))
                .isEmpty();
    }
}
