package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.support.VideoTasks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** An action on the keys that an operator has chosen from a list. */
class ChosenKeysTest extends KeyTestSupport {
    private static final String FORGET = "sora:ledger?action=forget&actor=joe";

    private void failATask(String key, String options) throws Exception {
        send(remix + options, "A puppy [fail]", "CamelSoraRequestKey", key);
    }

    private static ActionResult.Key key(String key) {
        return new ActionResult.Key("default", key);
    }

    private static ActionPreview previewOf(Exchange out) {
        assertThat(out.getException()).isNull();
        return (ActionPreview) out.getMessage().getBody();
    }

    private static String refusalOf(Exchange out) {
        assertThat(out.getException()).isInstanceOf(IllegalArgumentException.class);
        return out.getException().getMessage();
    }

    @Test
    void chosenKeysArePreviewedAndActedOnAsTheyWereThen() throws Exception {
        options().setCreditPrices("sora-2=20");
        start();
        failATask("order-1", "");
        failATask("order-2", "");
        failATask("order-3", "");

        ActionPreview preview =
                sora().operator().preview(LedgerAction.forget, List.of(key("order-1"), key("order-2"), key("order-1")));
        sora().operator().retry("default", "order-2", new Operator("joe", null));
        ActionResult result = sora().operator().act(LedgerAction.forget, preview.token(), new Operator("joe", null));

        assertThat(preview.records()).isEqualTo(2);
        assertThat(preview.credits()).isEqualByComparingTo("40");
        assertThat(preview.filter()).isNull();
        assertThat(result.done()).containsExactly(key("order-1"));
        assertThat(result.changed()).containsExactly(key("order-2"));
        assertThat(recordOf("order-3").state()).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void theBodyOfAMessageHasTheChosenKeys() throws Exception {
        start();
        failATask("order-1", "");
        failATask("order-2", "");
        failATask("order-3", "");
        failATask("4711", "&account=shop");
        failATask("order-5", "");
        VideoTask second = VideoTasks.failed("video_2", "order-2");
        TaskRecord first = recordOf("order-1");
        List<Object> body = List.of(
                first, second, key("order-3"), Map.of("account", "shop", "key", 4711), Map.of("key", "order-5"));

        ActionPreview preview = previewOf(send(FORGET, body));
        send(FORGET, null, "CamelSoraToken", preview.token());

        assertThat(preview.records()).isEqualTo(5);
        assertThat(preview.toMap()).containsEntry("records", 5).containsEntry("filter", null);
        assertThat(sora().ledger().find("shop", "4711")).isEmpty();
        assertThat(sora().ledger().find("default", "order-2")).isEmpty();
        assertThat(sora().ledger().find("default", "order-5")).isEmpty();
    }

    @Test
    void theHeaderNamesTheAccountOfKeysWithoutOne() throws Exception {
        start();
        failATask("order-1", "");
        failATask("order-1", "&account=shop");

        assertThat(refusalOf(send(FORGET, List.of(Map.of("key", "order-1"))))).contains("default, shop");

        ActionPreview preview = previewOf(send(FORGET, List.of(Map.of("key", "order-1")), "CamelSoraAccount", "shop"));
        send(FORGET, null, "CamelSoraToken", preview.token());

        assertThat(sora().ledger().find("shop", "order-1")).isEmpty();
        assertThat(recordOf("order-1")).isNotNull();
    }

    @Test
    void keysWithoutARecordAreNamedAndNothingIsPreviewed() throws Exception {
        start();
        failATask("order-1", "");
        List<ActionResult.Key> many = IntStream.rangeClosed(1, 30)
                .mapToObj(number -> new ActionResult.Key(null, "missing-" + number))
                .toList();

        assertThat(refusalOf(send(FORGET, List.of(key("order-1"), key("order-2"), Map.of("key", "order-3")))))
                .contains("no task with key order-2 in account 'default', key order-3.", "Nothing was changed")
                .doesNotContain("order-1");
        assertThat(refusalOf(send(FORGET, many)))
                .contains("missing-20, and 10 more")
                .doesNotContain("missing-21");
    }

    @Test
    void whatNamesNoKeyIsRefused() throws Exception {
        start();
        failATask("order-1", "");

        assertThat(refusalOf(send(FORGET, List.of()))).contains("No key is chosen");
        assertThat(refusalOf(send(FORGET, Arrays.asList(key("order-1"), null)))).contains("is null");
        assertThat(refusalOf(send(FORGET, List.of("order-1")))).contains("java.lang.String", "TaskRecord");
        assertThat(refusalOf(send(FORGET, List.of(Map.of("key", List.of()))))).contains("has no key");
        assertThat(refusalOf(send(FORGET, List.of(Map.of("key", " "))))).contains("key of a task is missing");
        assertThat(refusalOf(send(FORGET, List.of(key("order-1")), "CamelSoraFilter", "order")))
                .contains("chosen keys", "filter", "Nothing was changed");
        assertThat(refusalOf(send(FORGET + "&filter=order", List.of(key("order-1")))))
                .contains("filter");
        assertThat(recordOf("order-1")).isNotNull();
    }

    @Test
    void noMoreThanTenThousandKeysAreChosen() throws Exception {
        start();
        List<ActionResult.Key> keys = IntStream.rangeClosed(0, 10_000)
                .mapToObj(number -> key("order-" + number))
                .toList();

        assertThatThrownBy(() -> sora().operator().preview(LedgerAction.forget, keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("More than 10000 keys");
        assertThatThrownBy(() -> sora().operator().preview(LedgerAction.forget, keys.subList(1, 10_001)))
                .hasMessageContaining("no task with key order-1 ");
    }

    @Test
    void anActionOnOneKeyIsNotDoneWithMany() throws Exception {
        start();
        failATask("order-1", "");

        assertThatThrownBy(() -> sora().operator().preview(LedgerAction.adopt, List.of(key("order-1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one key at a time");
    }
}
