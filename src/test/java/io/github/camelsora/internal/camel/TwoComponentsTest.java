package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two components of one context have one ledger, as two JVMs with one database do: a key is paid once, whichever is asked. */
class TwoComponentsTest extends TasksTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @TempDir
    Path folder;

    private SoraComponent second;
    private String remixBySecond;

    /** Where both have their ledger. */
    enum Place {
        MEMORY,
        FILE,
        DATABASE
    }

    @BeforeEach
    void addASecondComponent() {
        stopQuickly();
        second = addComponent("sora2");
        remixBySecond = remix.replace("sora:", "sora2:");
    }

    private SoraComponent addComponent(String name) {
        SoraComponent component = new SoraComponent();
        component.setConfiguration(options().copy());
        camel.addComponent(name, component);
        return component;
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aKeyThatTheOneHasPaidForIsKnownToTheOther(Place place) throws Exception {
        keepLedgersIn(place);
        start();
        VideoTask first = videoOf(send(remix, "A puppy", KEY, "order-1"));

        VideoTask again = videoOf(send(remixBySecond, "A puppy", KEY, "order-1"));

        assertThat(again).isEqualTo(first);
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRunningTaskOfOneComponentIsAwaitedAtTheOther(Place place) throws Exception {
        keepLedgersIn(place);
        letTasksRunLong();
        start();
        CompletableFuture<Exchange> first = begin(remix, "A puppy", KEY, "order-1");
        awaitState("order-1", TaskState.RUNNING);
        CompletableFuture<Exchange> other = begin(remixBySecond, "A puppy", KEY, "order-1");

        toApis.complete(recordOf("order-1").taskId());

        assertThat(first).succeedsWithin(LIMIT);
        assertThat(other).succeedsWithin(LIMIT);
        assertThat(videoOf(other.join())).isEqualTo(videoOf(first.join()));
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void manySubmitsToBothAtOncePayOnce(Place place) throws Exception {
        keepLedgersIn(place);
        start();
        List<CompletableFuture<Exchange>> byOne = new ArrayList<>();
        List<CompletableFuture<Exchange>> byOther = new ArrayList<>();

        for (int order = 1; order <= 10; order++) {
            byOne.add(begin(remix, "A puppy", KEY, "order-" + order));
            byOther.add(begin(remixBySecond, "A puppy", KEY, "order-" + order));
        }

        assertThat(allOf(byOne)).succeedsWithin(LIMIT);
        assertThat(allOf(byOther)).succeedsWithin(LIMIT);
        assertThat(byOther.stream().map(each -> videoOf(each.join())))
                .containsExactlyElementsOf(
                        byOne.stream().map(each -> videoOf(each.join())).toList());
        assertPaid(10);
    }

    @Test
    void aCompletionSeenByOneComponentReachesWaitersOfTheOther() throws Exception {
        letTasksRunLong();
        second.getConfiguration().setPollInitialDelay(Duration.ofHours(1).toMillis());
        second.getConfiguration().setPollInterval(Duration.ofHours(1).toMillis());
        start();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");
        CompletableFuture<Exchange> waiting = begin(remixBySecond, "A puppy", KEY, "order-1");

        toApis.complete(recordOf("order-1").taskId());

        assertThat(waiting).succeedsWithin(LIMIT);
        assertThat(videoOf(waiting.join()).id()).isEqualTo(recordOf("order-1").taskId());
    }

    @Test
    void aRouteOfOneComponentReceivesWhatTheOtherHasSubmitted() throws Exception {
        start(receivingTasks(TASKS));

        fireAndForgetTo(remixBySecond, "order-1");

        awaitReceived(1);
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void eachTaskIsDeliveredToOneOfTheirRoutes() throws Exception {
        start(receivingTasks(TASKS), new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS.replace("sora:", "sora2:")).process(receive);
            }
        });

        for (int order = 1; order <= 10; order++) {
            fireAndForgetTo(order % 2 == 0 ? remix : remixBySecond, "order-" + order);
        }

        for (int order = 1; order <= 10; order++) {
            delivered("order-" + order);
        }
        assertThat(receivedKeys()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void whatTheOneFollowsWhenItIsRemovedIsDeliveredByTheOther() throws Exception {
        letTasksRunLong();
        sora().setLeaseDuration(300);
        start(receivingTasks(TASKS));
        fireAndForgetTo(remixBySecond, "order-1");

        camel.removeComponent("sora2");
        toApis.complete(recordOf("order-1").taskId());

        awaitReceived(1);
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void whatAComponentHasPaidForIsKnownToOneThatTakesItsPlace() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");
        removeTheFirst();

        addComponentInPlaceOfTheFirst();
        send(remix, "A puppy", KEY, "order-1");

        assertPaid(1);
    }

    private void removeTheFirst() throws Exception {
        camel.removeEndpoints("sora:*");
        camel.removeComponent("sora");
    }

    private void addComponentInPlaceOfTheFirst() {
        SoraComponent component = new SoraComponent();
        component.setConfiguration(second.getConfiguration().copy());
        camel.addComponent("sora", component);
    }

    @Test
    void theLargerOfTheirLimitsCounts() throws Exception {
        letTasksRunLong();
        sora().setMaxOpenTasks(1);
        second.setMaxOpenTasks(2);
        start();

        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-2");
        Exchange third = send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-3");

        assertThat(third.getException()).hasMessageContaining("2 open tasks");
        assertPaid(2);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsAConflictAtTheOther() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        Exchange out = send(remixBySecond, "A kitten", KEY, "order-1");

        failureOf(out, KeyConflictException.class);
        assertPaid(1);
    }

    private void keepLedgersIn(Place place) {
        switch (place) {
            case MEMORY -> {}
            case FILE ->
                forBoth(component ->
                        component.setLedgerFile(folder.resolve("ledger").toString()));
            case DATABASE -> {
                DataSource database = JdbcConnectionPool.create(
                        "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1", "sa", "");
                forBoth(component -> component.setDataSource(database));
            }
        }
    }

    private void forBoth(Consumer<SoraComponent> action) {
        action.accept(sora());
        action.accept(second);
    }

    private static VideoTask videoOf(Exchange out) {
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(VideoTask.class);
    }
}
