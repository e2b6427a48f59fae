package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields that only some services write into their answers about a task. */
final class OptionalFields {

    private OptionalFields() {}

    static void put(ObjectNode answer, Task task, Settings settings) {
        if (settings.echo && settings.lookup == LookUp.ON && task.businessId() != null) {
            answer.put("client_business_id", task.businessId());
        }
        putCharged(answer, task, settings);
    }

    static void putCharged(ObjectNode answer, Task task, Settings settings) {
        String field = settings.chargedField;
        if (field != null) {
            answer.put(field, task.order().price());
        }
    }
}
