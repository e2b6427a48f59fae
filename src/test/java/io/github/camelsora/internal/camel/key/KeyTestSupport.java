package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.Books;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.ExchangeBuilder;
import org.junit.jupiter.api.BeforeEach;

/** Routes whose remixes fail and are tried again, and the simulator's books of what that has cost. */
public abstract class KeyTestSupport extends SoraTestSupport {
    public static final int PRICE = 20;

    public String source;
    /** The endpoint that remixes the source. */
    public String remix;

    /** The videos that steps have answered with, in the order of {@link #keepVideo}. */
    public final Queue<VideoTask> videos = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void putASourceThere() {
        source = toApis.addSource();
        remix = "sora:remix?videoId=" + source;
        options().setRecoveryTimeout(100);
        if (!isManaged()) {
            camel.disableJMX();
        }
    }

    /** Whether the context of a test is seen over JMX, which makes its start slower. */
    protected boolean isManaged() {
        return false;
    }

    /** From now on tasks end only when a test ends them. */
    public void letTasksRunLong() {
        toApis.taskDuration(Duration.ofHours(1));
    }

    /** From now on waits time out at once, and tasks end only when a test ends them. */
    public void letWaitsTimeOut() {
        letTasksRunLong();
        options().setCompletionTimeout(30);
    }

    /** The next submit is accepted and paid for, its answer is lost, and the service does not look it up by the key. */
    public void loseTheNextAnswer() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
    }

    /** Ends the task that the failed wait of an exchange was for; to be called before the redelivery. */
    public final Processor completeTheTask = exchange -> toApis.complete(
            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SoraException.class).getTaskId());

    /** Has routes redeliver a wait that timed out, when its task has ended. */
    void redeliverTimedOutWaits() {
        letTasksRunLong();
        options().setCompletionTimeout(100);
        camel.getCamelContextExtension()
                .setErrorHandlerFactory(new DefaultErrorHandlerBuilder()
                        .maximumRedeliveries(20)
                        .redeliveryDelay(1)
                        .onRedelivery(completeTheTask));
    }

    /** Keeps the video that a remix has just answered with, if it has. */
    public final Processor keepVideo = exchange -> {
        if (exchange.getMessage().getBody() instanceof VideoTask video) {
            videos.add(video);
        }
    };

    /** What the tasks of all kept videos were asked for. */
    List<String> promptsOfVideos() {
        return videos.stream().map(video -> promptOf(video.id())).toList();
    }

    /** What a task was asked for. */
    public String promptOf(String taskId) {
        return toApis.task(taskId).request().path("prompt").textValue();
    }

    /** Why an exchange has failed, whether or not that was handled. */
    public static <T> T failureOf(Exchange out, Class<T> type) {
        Exception failure = out.getException() != null
                ? out.getException()
                : out.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        assertThat(failure).isInstanceOf(type);
        return type.cast(failure);
    }

    /** So many POSTs, all accepted, each under a key of its own. */
    public void assertPaid(int times) {
        Books books = toApis.books();
        assertThat(books.submitsReceived()).isEqualTo(times);
        assertThat(books.charged()).isEqualTo((long) times * PRICE);
        assertThat(books.acceptedByKey()).hasSize(times);
    }

    /** The keys of all submits, in the order in which they came. */
    List<String> submittedKeys() {
        return toApis.requests(Call.SUBMIT).stream()
                .map(ReceivedRequest::json)
                .map(json -> WireKey.userKey(json.path("client_business_id").textValue()))
                .toList();
    }

    public TaskRecord recordOf(String key) {
        return sora().ledger().find("default", key).orElseThrow();
    }

    /** Sends one message without waiting for its end and without holding a thread for it. */
    public CompletableFuture<Exchange> begin(String uri, Object body, Object... headers) throws Exception {
        AsyncProducer producer = camel.getEndpoint(uri).createAsyncProducer();
        producer.start();
        Exchange exchange = ExchangeBuilder.anExchange(camel).withBody(body).build();
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
        }
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        producer.process(exchange, isSynchronous -> done.complete(exchange));
        return done;
    }

    public static CompletableFuture<Void> allOf(List<CompletableFuture<Exchange>> exchanges) {
        return CompletableFuture.allOf(exchanges.toArray(CompletableFuture[]::new));
    }
}
