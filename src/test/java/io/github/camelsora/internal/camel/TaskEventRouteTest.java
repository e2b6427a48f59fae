package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraTaskEvent;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskEventInfo;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;

/** The user's listener and Camel's event notifiers are notified of each change of a task, and cannot stop it. */
class TaskEventRouteTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private final List<TaskEventInfo> heard = new CopyOnWriteArrayList<>();
    private final List<SoraTaskEvent> notified = new CopyOnWriteArrayList<>();
    private RuntimeException failure;

    private final class Listener implements TaskListener {
        @Override
        public void seen(VideoTask task) {}

        @Override
        public void event(TaskEventInfo info) {
            heard.add(info);
            failIfWanted();
        }
    }

    private final class Notifier extends EventNotifierSupport {
        @Override
        public boolean isEnabled(CamelEvent event) {
            if (event instanceof SoraTaskEvent) {
                failIfWanted();
            }
            return event instanceof SoraTaskEvent;
        }

        @Override
        public void notify(CamelEvent event) {
            notified.add((SoraTaskEvent) event);
        }
    }

    private void failIfWanted() {
        if (failure != null) {
            throw failure;
        }
    }

    private static List<String> eventsOf(List<TaskEventInfo> infos) {
        return infos.stream().map(info -> info.change().event()).toList();
    }

    @Test
    void eachChangeOfATaskIsHeardOnce() throws Exception {
        sora().setTaskListener(new Listener());
        camel.getManagementStrategy().addEventNotifier(new Notifier());
        options().setCreditPrices("sora-2=20");
        start();

        send(remix, "A puppy", KEY, "order-1", "CamelSoraTag", "shop", "CamelSoraCorrelationId", "case-7");

        assertThat(eventsOf(heard)).containsExactly("SubmitStarted", "SubmitAccepted", "TaskCompleted", "Delivered");
        assertThat(heard).last().satisfies(info -> {
            assertThat(info.change().key()).isEqualTo("order-1");
            assertThat(info.change().from()).isEqualTo(TaskState.ENDED);
            assertThat(info.change().to()).isEqualTo(TaskState.DELIVERED);
            assertThat(info.taskId()).isEqualTo(recordOf("order-1").taskId());
            assertThat(info.operation()).isEqualTo("remix");
            assertThat(info.tag()).isEqualTo("shop");
            assertThat(info.origin().correlationId()).isEqualTo("case-7");
            assertThat(info.price().estimated()).isEqualByComparingTo("20");
        });
        assertThat(notified).extracting(SoraTaskEvent::getInfo).isEqualTo(heard);
        assertThat(notified).allSatisfy(event -> {
            assertThat(event.getSource()).isSameAs(sora());
            assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
        });
    }

    @Test
    void anActionOfAnOperatorIsHeardWithItsActor() throws Exception {
        sora().setTaskListener(new Listener());
        start();
        send(remix, "A puppy [fail]", KEY, "order-1");
        heard.clear();

        sora().operator().forget(null, "order-1", new Operator("joe", "A test"));

        assertThat(heard).extracting(TaskEventInfo::change).singleElement().satisfies(change -> {
            assertThat(change.event()).isEqualTo("Forgotten");
            assertThat(change.actor()).isEqualTo("joe");
            assertThat(change.to()).isNull();
        });
    }

    @Test
    void listenersThatFailStopNeitherTheTaskNorEachOther() throws Exception {
        sora().setTaskListener(new Listener());
        camel.getManagementStrategy().addEventNotifier(new Notifier());
        List<SoraTaskEvent> others = new CopyOnWriteArrayList<>();
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof SoraTaskEvent ours) {
                    others.add(ours);
                }
            }
        });
        start();
        failure = new IllegalStateException("thrown by a test");

        Exchange out = send(remix, "A puppy", KEY, "order-1");

        assertThat(out.getException()).isNull();
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.DELIVERED);
        assertThat(heard).hasSize(4);
        assertThat(others)
                .extracting(event -> event.getInfo().change())
                .extracting(HistoryEntry::event)
                .containsExactlyElementsOf(eventsOf(heard));
    }
}
