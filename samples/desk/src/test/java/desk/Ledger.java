package desk;

import desk.MadeUpRecords.Order;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import java.time.Instant;
import java.util.List;

/** Puts records into the ledger of a desk that is tested, and reads them. */
final class Ledger {
    static final String PROMPT = "Let the whale sing a sea shanty";

    private final SimulatedDesk desk;
    private final MadeUpRecords records;

    Ledger(SimulatedDesk desk) {
        this.desk = desk;
        this.records =
                new MadeUpRecords(desk.component().ledger(), desk.toApis().baseUrl());
    }

    MadeUpRecords records() {
        return records;
    }

    Instant now() {
        return desk.component().ledger().now();
    }

    TaskRecord running(String key) {
        return running(key, desk.toApis().addSource());
    }

    TaskRecord running(String key, String taskId) {
        Order order = new Order(
                "default", key, desk.toApis().addSource(), "sora-2", PROMPT, "social", "acme", "process-" + key);
        return records.accepted(records.intent(order, 20, now()), taskId, now());
    }

    /** A result that no route has taken; its video can be downloaded. */
    TaskRecord ended(String key) {
        TaskRecord running = running(key);
        return records.completed(
                running, now(), desk.toApis().task(running.taskId()).videoUrls().get(0));
    }

    TaskRecord failed(String key, String message) {
        return records.failed(running(key), now(), TaskStatus.FAILED, "generation_failed", message);
    }

    TaskRecord setAside(String key) {
        return records.setAside(ended(key), now(), "DeliveryExhausted", "all deliveries have failed");
    }

    TaskRecord rejected(String key) {
        return records.rejected(records.intent(order(key, PROMPT), 20, now()), now(), "model_overloaded");
    }

    /** Without a tag, a tenant and a correlation id. */
    Order order(String key, String prompt) {
        return new Order("default", key, desk.toApis().addSource(), "sora-2", prompt, null, null, null);
    }

    void forget(String key) {
        desk.component().operator().forget("default", key, new Operator("anna", null));
    }

    boolean has(String key) {
        return desk.component().ledger().find("default", key).isPresent();
    }

    TaskRecord get(String key) {
        return desk.component().ledger().find("default", key).orElseThrow();
    }

    List<HistoryEntry> actions(String key) {
        return desk.component().ledger().history().orElseThrow().find("default", key, 100).stream()
                .filter(HistoryEntry::isAction)
                .toList();
    }
}
