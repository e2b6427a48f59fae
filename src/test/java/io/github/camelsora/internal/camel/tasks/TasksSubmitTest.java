package io.github.camelsora.internal.camel.tasks;

import io.github.camelsora.api.TaskState;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A route that receives tasks and submits more: it may receive a task again, and each time would be paid. */
class TasksSubmitTest extends TasksTestSupport {

    @Test
    void aSubmitWithoutAKeyOfTheUserIsRejected() throws Exception {
        start(submitting(""));

        fireAndForgetTo(remix + "&tag=first", "order-1");

        soon().until(() -> recordOf("order-1").state() == TaskState.SET_ASIDE);
        assertPaid(1);
    }

    @Test
    void aSubmitWithAKeyIsPaidOnceHoweverOftenItsRouteFails() throws Exception {
        start(submitting("&requestKey=${header.CamelSoraTaskKey}-2"));

        fireAndForgetTo(remix + "&tag=first", "order-1");

        soon().until(() -> recordOf("order-1").state() == TaskState.SET_ASIDE);
        assertPaid(2);
    }

    private RouteBuilder submitting(String key) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + "&maximumRedeliveries=2&tag=first")
                        .to("sora:remix?prompt=More&tag=second&waitForCompletion=false" + key)
                        .throwException(new IllegalStateException("The last step fails, says the test"));
            }
        };
    }
}
