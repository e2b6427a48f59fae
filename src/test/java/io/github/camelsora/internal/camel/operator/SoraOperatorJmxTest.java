package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.toapis.Json;
import io.github.camelsora.support.OperatorBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's bean over a real connection of JMX, as JConsole has one. */
class SoraOperatorJmxTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private OperatorBean bean;

    @Override
    protected boolean isManaged() {
        return true;
    }

    private void connect() throws Exception {
        start();
        bean = new OperatorBean(camel);
    }

    @AfterEach
    void disconnect() throws Exception {
        if (bean != null) {
            bean.close();
        }
    }

    @Test
    void countsLimitsAndPausesAreReadable() throws Exception {
        options().setSpendLimit("100/1d");
        options().setCreditPrices("sora-2=20");
        letTasksRunLong();
        connect();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");
        bean.call("pauseAccount", "default", "joe", "The bill is too high");

        assertThat(bean.attribute("OpenTasks")).isEqualTo(1L);
        assertThat((String[]) bean.attribute("TaskCounts")).containsExactly("default RUNNING: 1 tasks, 20 credits");
        assertThat((String[]) bean.attribute("SpendLimits")).containsExactly("default 100/1d: 20 held, 80 left");
        assertThat((String[]) bean.attribute("Pauses"))
                .singleElement()
                .asString()
                .contains("(OPERATOR, joe)", "The bill is too high");
        assertThat(bean.attribute("QueuedSubmits")).isEqualTo(0);
        assertThat(bean.attribute("LastLedgerError")).isEqualTo("");
        assertThat((String) bean.attribute("Node")).isNotBlank();
    }

    @Test
    void anAccountIsResumed() throws Exception {
        connect();
        bean.call("pauseAccount", "default", "joe", "The bill is too high");

        bean.call("resumeAccount", "default", "ann", "It is not");

        assertThat((String[]) bean.attribute("Pauses")).isEmpty();
    }

    @Test
    void aTaskIsFoundReadAndForgotten() throws Exception {
        connect();
        send(remix, "A puppy [fail]", KEY, "order-1");

        assertThat(bean.call("list", "state:delivered")).contains("default,order-1,DELIVERED");
        assertThat(bean.call("get", "", "order-1")).contains("\"state\":\"DELIVERED\"");
        assertThat(bean.call("lineage", "", "order-1").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("-1 " + source),
                        line -> assertThat(line).startsWith("0 video_").contains("key order-1, DELIVERED"));
        assertThat(bean.call("history", "", "order-1")).contains("SubmitAccepted: INTENT -> RUNNING");
        bean.call("forget", "", "order-1", "joe", "A test");

        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
        assertThat(bean.call("history", "", "order-1")).contains("Forgotten: DELIVERED -> null, by joe, A test");
        assertThatThrownBy(() -> bean.call("forget", "", "order-1", "", ""))
                .rootCause()
                .hasMessageContaining("actor is missing");
    }

    @Test
    void theTasksOfAProcessAreErased() throws Exception {
        connect();
        send(remix, "A puppy", KEY, "order-1", "CamelSoraCorrelationId", "process-1");

        String result = bean.call("erase", "", "process-1", "joe", "A test");

        assertThat(result).contains("\"action\":\"erase\"", "\"done\":[{\"account\":\"default\",\"key\":\"order-1\"}]");
        assertThat(recordOf("order-1").request()).doesNotContain("puppy");
        assertThat(bean.call("history", "", "order-1"))
                .contains("PromptErased: DELIVERED -> DELIVERED, by joe, A test");
    }

    @Test
    void manyAreActedOnByTheTokenOfAPreview() throws Exception {
        connect();
        send(remix, "A puppy [fail]", KEY, "order-1");
        send(remix, "A puppy [fail]", KEY, "order-2");

        String preview = bean.call("preview", "forget", "order");
        String token = (String) Json.readMap(preview).orElseThrow().get("token");
        String result = bean.call("act", "forget", token, "joe", "");

        assertThat(preview).contains("\"records\":2");
        assertThat(result).contains("order-1", "order-2");
        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
    }

    @Test
    void whatIsSetAsideIsReleasedAndALostSubmitAdopted() throws Exception {
        letTasksRunLong();
        connect();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");

        bean.call("setAside", "default", "order-1", "joe", "");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.SET_ASIDE);
        bean.call("release", "default", "order-1", "joe", "");

        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.RUNNING);
        assertThatThrownBy(() -> bean.call("adopt", "default", "order-1", "video_1", "joe", ""))
                .rootCause()
                .hasMessageContaining("RUNNING");
    }

    @Test
    void theBeanLeavesWithTheComponent() throws Exception {
        connect();

        sora().stop();

        assertThat(bean.names()).isEmpty();
    }
}
