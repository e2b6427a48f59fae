package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the recipes that no other page has. */
class RecipesTest extends FollowUpTestSupport {

    @ParameterizedTest
    @ValueSource(strings = "recipe-mail.java")
    void anEndedTaskIsAMail(String recipe) throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            property("mail.server", "127.0.0.1:" + mail.getSmtp().getPort());
            cook(recipe);

            send("sora:remix?waitForCompletion=false&tag=mail&requestKey=order-4711", "[fail] this", source());
            await().atMost(LIMIT).until(() -> isDelivered("order-4711"));

            assertThat(mail.getReceivedMessages()).singleElement().satisfies(message -> {
                assertThat(message.getSubject()).isEqualTo("A remix has ended");
                assertThat(GreenMailUtil.getBody(message)).contains("(key order-4711) is FAILED.");
                assertThat(GreenMailUtil.getWholeMessage(message)).doesNotContain("CamelSora");
            });
        } finally {
            camel.stop();
            mail.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-csv.java")
    void theRowsOfAFileAreRemixedOnceAndStoredUnderTheirIds(String recipe) throws Exception {
        String source = toApis.addSource();
        String rows = "id,video_id,prompt\n1," + source + ",Let it rain, and pour\n2," + source + ",Add a cat\n";
        cook(recipe);

        drop("monday.csv", rows);
        await().atMost(LIMIT).until(() -> isDelivered("1") && isDelivered("2"));
        drop("tuesday.csv", rows + "no row\n3," + source + ",[refuse] this\n4," + source + ",Add a dog\n");
        await().atMost(LIMIT).until(() -> isDelivered("4"));

        assertThat(video("1")).isNotEmptyFile();
        assertThat(video("4")).isNotEmptyFile();
        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(request -> request.json().path("prompt").textValue())
                .containsExactly("Let it rain, and pour", "Add a cat", "[refuse] this", "Add a dog");
        assertThat(toApis.books().submitsAccepted()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-batch.java recipe-limit.properties")
    void aBatchEndsAtTheLimitAndContinuesWhereItEnded(String recipe) throws Exception {
        set(recipe.split(" ")[1]);
        options.setSpendLimit("40/1d");
        cook(recipe.split(" ")[0]);
        List<String> prompts = List.of("A cat", "A dog", "A bird");

        Exchange first = send("direct:batch", prompts, Map.of("batch", "monday"));
        send("direct:batch", prompts, Map.of("batch", "monday"));

        assertThat(first.getException()).isNull();
        assertThat(toApis.books().submitsReceived()).isEqualTo(2);
        assertThat(logged).hasSize(2).allMatch(line -> line.startsWith("Not sent, and nothing was paid: "));
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-limit.properties")
    void theLimitIsThatOfTheComponent(String properties) throws Exception {
        set(properties);

        assertThat(options.getSpendLimit()).isEqualTo("2000/1d");
        assertThat(options.getCreditPrices()).isEqualTo("sora-2=20");
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-retry.java")
    void aFailedTaskIsPaidForAgainUnderItsKey(String recipe) throws Exception {
        cook(recipe);
        Exchange failed = send("sora:remix?requestKey=order-4711", "[fail] this", source());
        assertThat(failed.getException()).isNotNull();

        Exchange out = send("direct:retry", "order-4711", Map.of());

        assertThat(out.getException()).isNull();
        assertThat(logged).containsExactly("Key order-4711 is sent again, and paid for again");
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-chain.java")
    void aRemixIsRemixedAndEachStepIsPaidOnce(String recipe) throws Exception {
        Map<String, Object> order = Map.of("CamelSoraVideoId", toApis.addSource(), "orderId", "4711");
        cook(recipe);

        Exchange out = send("direct:chain", null, order);
        send("direct:chain", null, order);

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(File.class)).isFile();
        List<ReceivedRequest> submits = toApis.requests(Call.SUBMIT);
        assertThat(submits).hasSize(2);
        assertThat(submits.get(1).path()).contains(recordOf("4711-puppy").taskId());
        assertThat(submits.get(1).json().path("prompt").textValue()).isEqualTo("Let it snow");
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-cost.java")
    void whatExceedsTheBudgetIsNotSent(String recipe) throws Exception {
        cook(recipe);

        Exchange dear = send("direct:cost", "Add a puppy", budget("order-1", 19));
        Exchange cheap = send("direct:cost", "Add a puppy", budget("order-2", 20));

        assertThat(dear.getException()).isNull();
        assertThat(cheap.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
        assertThat(logged).hasSize(2).allMatch("SEND: 20 credits, refused: "::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-cost.java")
    void whatHasNoPriceIsNotSent(String recipe) throws Exception {
        cook(recipe);
        Map<String, Object> order = budget("order-1", 100);
        order.put("CamelSoraModel", "sora-2-pro");

        Exchange out = send("direct:cost", "Add a puppy", order);

        assertThat(out.getException()).isNull();
        assertThat(logged).containsExactly("SEND:  credits, refused: ");
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-cost.java")
    void whatWasPaidForIsReturnedWithoutABudget(String recipe) throws Exception {
        cook(recipe);
        Map<String, Object> order = budget("order-1", 20);
        VideoTask first = send("direct:cost", "Add a puppy", order).getMessage().getBody(VideoTask.class);

        order.put("budget", 0);
        VideoTask again = send("direct:cost", "Add a puppy", order).getMessage().getBody(VideoTask.class);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    private Map<String, Object> source() {
        return Map.of("CamelSoraVideoId", toApis.addSource());
    }

    private Map<String, Object> budget(String order, int credits) {
        return new HashMap<>(Map.of("CamelSoraVideoId", toApis.addSource(), "orderId", order, "budget", credits));
    }

    private void cook(String recipe) throws Exception {
        Snippets.load(camel, Snippets.file(recipe), folder.resolve("videos"));
        camel.start();
    }

    private void set(String properties) throws Exception {
        Properties set = new Properties();
        set.load(new StringReader(Snippets.read(Snippets.file(properties))));
        set.forEach((name, value) -> assertThat(new PropertyBindingSupport.Builder()
                        .withIgnoreCase(true)
                        .bind(camel, options, name.toString().replace("camel.component.sora.", ""), value))
                .as(name.toString())
                .isTrue());
    }

    private void drop(String name, String rows) throws Exception {
        Path orders = folder.resolve("orders");
        Path file =
                Files.writeString(Files.createDirectories(folder.resolve("new")).resolve(name), rows);
        Files.move(file, Files.createDirectories(orders).resolve(name));
    }
}
