package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.HttpServer;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the Kamelets of the jar: Camel finds them by their names on the class path. */
class KameletRouteTest extends FollowUpTestSupport {
    private static final String KEY_TO_ESCAPE = "sk-a+b&c%2B=d";

    @ParameterizedTest
    @ValueSource(strings = {"kamelets.yaml", "kamelets.java"})
    void theDocumentedRoutesStoreTheVideo(String routes) throws Exception {
        Snippets.load(camel, Snippets.file(routes), folder);
        camel.start();

        order("order", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        String task = recordOf("4711").taskId();
        assertThat(folder.resolve(task + ".mp4")).isNotEmptyFile();
        assertThat(logged).containsExactly("Key 4711 is " + task + ".mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kamelets.yaml", "kamelets.java"})
    void theDocumentedRoutesLogATaskWithoutAVideo(String routes) throws Exception {
        Snippets.load(camel, Snippets.file(routes), folder);
        camel.start();

        writeFailure("4711", "orders", Map.of());

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).containsExactly("Key 4711 has no video: It broke");
    }

    @Test
    void theDocumentedRoutesNeedTheModulesThatTheyName() throws Exception {
        RouteModules.assertNeeded(Snippets.file("kamelets.yaml"), List.of("camel-direct", "camel-kamelet"), Map.of());
    }

    @Test
    void aRemixIsWaitedForAndIsAlsoJson() throws Exception {
        String source = toApis.addSource();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("kamelet:sora-remix-action?videoId=" + source + "&duration=15&aspectRatio=9:16&tag=orders");
            }
        });

        Exchange out = send("direct:in", "Add a puppy", Map.of());

        VideoTask task = out.getMessage().getBody(VideoTask.class);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(new ObjectMapper()
                        .readTree(out.getMessage().getBody(String.class))
                        .path("id")
                        .asText())
                .isEqualTo(task.id());
        assertThat(recordOf(task.key()).tag()).isEqualTo("orders");
        assertThat(newestSubmit().json().toString())
                .contains("\"prompt\":\"Add a puppy\"", "\"duration\":15", "\"aspect_ratio\":\"9:16\"");
    }

    @Test
    void aVideoIsGeneratedAndStored() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("kamelet:sora-generate-action?prompt=A cat on a roof")
                        .to("kamelet:sora-download-action?directory=" + folder + "&fileName=${header.orderId}.mp4");
            }
        });

        Exchange out = send("direct:in", null, Map.of("orderId", "4711"));

        assertThat(out.getMessage().getBody(File.class))
                .isEqualTo(folder.resolve("4711.mp4").toFile());
        assertThat(newestSubmit().call()).isEqualTo(Call.SUBMIT_GENERATION);
    }

    /** Without a directory the video would be a temporary file, which is removed when the Kamelet has ended. */
    @Test
    void aDownloadNeedsADirectory() {
        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("kamelet:sora-download-action");
                    }
                }))
                .hasStackTraceContaining("directory");
    }

    /** Camel calls a Kamelet with a copy of the exchange, unless it manages the routes of Kamelets. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void aResultThatARouteWaitsForIsProcessedWhenTheExchangeInTheKameletIsDone(boolean isManaged, int deliveries)
            throws Exception {
        camel.getManagementStrategy().getManagementAgent().setRegisterRoutesCreateByKamelet(isManaged);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("kamelet:sora-remix-action?requestKey=${header.orderId}")
                        .throwException(IllegalStateException.class, "The disk is full");
                from("sora:tasks").log("Delivered");
            }
        });

        order("in", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).hasSize(deliveries);
    }

    @Test
    void whatAKameletDoesNotSetIsSetByTheComponent() throws Exception {
        options.setModel("sora-2-pro");
        options.setAccount("studio");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("kamelet:sora-generate-action");
            }
        });

        VideoTask task =
                send("direct:in", "A cat on a roof", Map.of()).getMessage().getBody(VideoTask.class);

        assertThat(newestSubmit().json().path("model").asText()).isEqualTo("sora-2-pro");
        assertThat(ledger.find("studio", task.key())).isPresent();
    }

    @Test
    void twoKameletsPayByTwoKeysAtTwoServices() throws Exception {
        try (ToApisSimulator other = ToApisSimulator.builder()
                .taskDuration(Duration.ofMillis(100))
                .apiKey(KEY_TO_ESCAPE)
                .start()) {
            start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:one").to("kamelet:sora-generate-action");
                    from("direct:other")
                            .to("kamelet:sora-generate-action?account=other&baseUrl=" + other.baseUrl() + "&apiKey=RAW("
                                    + KEY_TO_ESCAPE + ")");
                }
            });

            Exchange byOne = send("direct:one", "A cat on a roof", Map.of());
            Exchange byOther = send("direct:other", "A cat on a roof", Map.of());

            assertThat(byOne.getException()).isNull();
            assertThat(byOther.getException()).isNull();
            assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
            assertThat(other.books().submitsAccepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedeliveryOfAKameletIsNotPaidAgain(boolean byTheCaller) throws Exception {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1));
                from("direct:in").to("kamelet:sora-remix-action?noErrorHandler=" + byTheCaller);
            }
        });

        Exchange out = send("direct:in", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isEqualTo(3);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    /** By default a Kamelet of Camel takes the error handler of the route that calls it, but without its onException. */
    @Test
    void onExceptionOfTheCallerRedeliversAKameletWithoutAnErrorHandlerOfItsOwn() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(WaitTimedOutException.class)
                        .maximumRedeliveries(20)
                        .redeliveryDelay(100)
                        .onRedelivery(exchange -> toApis.complete(newestTask()));
                from("direct:in").to("kamelet:sora-remix-action?completionTimeout=100&noErrorHandler=true");
            }
        });

        Exchange out = send("direct:in", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aKeyAndAPromptAreThoseOfTheHeadersWhateverTheirCharacters() throws Exception {
        String key = "order+1&a=b%2B 50%";
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("kamelet:sora-generate-action?requestKey=${header.orderId}&prompt=${header.wish}");
            }
        });

        VideoTask task = send("direct:in", null, Map.of("orderId", key, "wish", "Cats & dogs + 100% fun"))
                .getMessage()
                .getBody(VideoTask.class);

        assertThat(task.key()).isEqualTo(key);
        assertThat(newestSubmit().json().path("prompt").asText()).isEqualTo("Cats & dogs + 100% fun");
    }

    @Test
    void anExpressionThatCamelHasEncodedIsRejectedBeforeItIsTheKeyOfEachMessage() {
        String uri = "kamelet:sora-generate-action?requestKey=${header.orderId}&model={{?no.such.model}}";

        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to(uri);
                    }
                }))
                .hasStackTraceContaining("Write it as requestKey=RAW(${…})");
    }

    @Test
    void besideAnOptionalPlaceholderTheOthersAreRaw() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(
                                "kamelet:sora-generate-action?requestKey=RAW(${header.orderId})&prompt=RAW(Cats & dogs + snow)"
                                        + "&model={{?no.such.model}}");
            }
        });

        VideoTask task =
                send("direct:in", null, Map.of("orderId", "4711")).getMessage().getBody(VideoTask.class);

        assertThat(task.key()).isEqualTo("4711");
        assertThat(newestSubmit().json().path("prompt").asText()).isEqualTo("Cats & dogs + snow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cats & dogs", "1 + 1 = 2", "100% (or more) of a cat?", "Cats + ${header.wish} & dogs, 100%"})
    void freeTextIsSentAsItIsWrittenIfItIsRaw(String text) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("kamelet:sora-generate-action?tag=RAW(R&D + 1)&requestKey=RAW(" + text + ")&prompt=RAW("
                                + text + ")");
            }
        });

        VideoTask task = send("direct:in", null, Map.of("wish", "fish & 1 + 1"))
                .getMessage()
                .getBody(VideoTask.class);

        String evaluated = text.replace("${header.wish}", "fish & 1 + 1");
        assertThat(newestSubmit().json().path("prompt").asText()).isEqualTo(evaluated);
        assertThat(task.key()).isEqualTo(evaluated);
        assertThat(recordOf(task.key()).tag()).isEqualTo("R&D + 1");
    }

    @Test
    void aTaskIsDeliveredWhenTheRouteBehindTheSourceIsDoneAndNotBefore() throws Exception {
        CompletableFuture<Void> rest = new CompletableFuture<>();
        AtomicInteger deliveries = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sora-tasks-source?maximumRedeliveries=2&redeliveryDelay=10")
                        .process(new AsyncProcessorSupport() {
                            @Override
                            public boolean process(Exchange exchange, AsyncCallback callback) {
                                if (deliveries.incrementAndGet() > 1) {
                                    callback.done(true);
                                    return true;
                                }
                                rest.whenComplete((nothing, failure) -> {
                                    exchange.setException(failure);
                                    callback.done(false);
                                });
                                return false;
                            }
                        });
            }
        });

        writeFailure("4711", null, Map.of());
        await().atMost(LIMIT).until(() -> deliveries.get() == 1);
        assertThat(recordOf("4711").state()).isEqualTo(TaskState.ENDED);
        rest.completeExceptionally(new IllegalStateException("The disk is full"));

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(deliveries).hasValue(2);
    }

    @Test
    void aTaskIsNotDeliveredWhileTheRouteBehindTheSourceIsStopped() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sora-tasks-source").routeId("behind").process(exchange -> deliveries.incrementAndGet());
            }
        });
        camel.getRouteController().stopRoute("behind");

        writeFailure("4711", null, Map.of());
        await().atMost(LIMIT).until(() -> recordOf("4711").owner() != null);
        assertThat(recordOf("4711").state()).isEqualTo(TaskState.ENDED);
        camel.getRouteController().startRoute("behind");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void anEmptyKeyIsRejected() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("kamelet:sora-remix-action?requestKey=${header.orderId}");
            }
        });

        Exchange out = send("direct:in", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void aTaskIsDeliveredAgainWhileTheRouteFailsAndThenSetAside() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sora-tasks-source?tag=orders&maximumRedeliveries=2&redeliveryDelay=10")
                        .process(exchange -> {
                            deliveries.incrementAndGet();
                            throw new IllegalStateException("The disk is full");
                        });
            }
        });

        writeFailure("4711", "orders", Map.of());

        await().atMost(LIMIT).until(() -> recordOf("4711").state() == TaskState.SET_ASIDE);
        assertThat(deliveries).hasValue(3);
    }

    @Test
    void aSubmitBehindTheSourceNeedsAKey() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sora-tasks-source?maximumRedeliveries=0").to("kamelet:sora-generate-action?prompt=Again");
            }
        });

        writeFailure("4711", null, Map.of());

        await().atMost(LIMIT).until(() -> recordOf("4711").state() == TaskState.SET_ASIDE);
        assertThat(failures).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("needs a request key"));
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void anEventOfTheVendorReachesTheRoute() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        int port = HttpServer.start(camel);
        toApis.webhook("http://127.0.0.1:" + port + "/hooks/sora", KEY_TO_ESCAPE);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sora-webhook-source?webhookPath=/hooks/sora&webhookSecret=RAW(" + KEY_TO_ESCAPE + ")")
                        .log("${header.CamelSoraTaskId} is ${header.CamelSoraStatus}");
            }
        });

        String task = toApis.addTask();
        toApis.complete(task);

        await().atMost(LIMIT).until(() -> !logged.isEmpty());
        assertThat(logged).containsExactly(task + " is COMPLETED");
    }

    private void start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
    }

    private ReceivedRequest newestSubmit() {
        List<ReceivedRequest> submits = toApis.requests(Call.SUBMIT);
        return submits.get(submits.size() - 1);
    }

    private String newestTask() {
        return toApis.tasks().get(toApis.tasks().size() - 1).id();
    }
}
