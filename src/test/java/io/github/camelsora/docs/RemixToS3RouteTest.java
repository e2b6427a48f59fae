package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.VideoFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code routes/remix-to-s3.yaml} in front of a bucket of our own. */
class RemixToS3RouteTest extends FollowUpTestSupport {
    // Larger than what a client sends in one piece.
    private static final byte[] VIDEO = VideoFiles.mp4(3_000_000, 1);

    private Bucket bucket;

    @BeforeEach
    void openTheBucket() throws Exception {
        bucket = new Bucket("videos");
        toApis.video(VIDEO);
        options.setRedeliveryDelay(10);
        property("sora.bucket", "videos");
        AWS2S3Configuration s3 =
                camel.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration();
        s3.setAccessKey("access");
        s3.setSecretKey("secret");
        s3.setRegion("eu-central-1");
        s3.setOverrideEndpoint(true);
        s3.setUriEndpointOverride(bucket.url());
        s3.setForcePathStyle(true);
    }

    @AfterEach
    void closeTheBucket() {
        bucket.close();
    }

    @Test
    void itStartsWithTheModulesThatItNamesAndNotWithFewer() throws Exception {
        Path route = Path.of("routes/remix-to-s3.yaml");

        RouteModules.assertNeeded(
                route,
                RouteModules.of(route),
                Map.of(
                        "sora.bucket", "videos",
                        "camel.component.aws2-s3.region", "eu-central-1",
                        "camel.component.aws2-s3.access-key", "access",
                        "camel.component.aws2-s3.secret-key", "secret",
                        "camel.component.aws2-s3.override-endpoint", "true",
                        "camel.component.aws2-s3.uri-endpoint-override", bucket.url(),
                        "camel.component.aws2-s3.force-path-style", "true"));
    }

    @Test
    void theVideoIsAnObjectNamedByAccountAndKey() throws Exception {
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(bucket.objects).containsOnlyKeys("default/4711.mp4");
        Bucket.StoredObject object = bucket.objects.get("default/4711.mp4");
        assertThat(object.bytes()).isEqualTo(VIDEO);
        assertThat(object.contentType()).isEqualTo("video/mp4");
        assertThat(object.announced()).isEqualTo(VIDEO.length);
        assertThat(logged).last().isEqualTo("Order 4711 is videos/default/4711.mp4");
    }

    @Test
    void theFileIsDeletedOnceItIsInTheBucket() throws Exception {
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(folder.resolve("videos")).isEmptyDirectory();
    }

    @Test
    void aSecondDeliveryIsTheSameObjectAndNoSecondDownload() throws Exception {
        bucket.storeAndRefuse(1);
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(bucket.puts).containsExactly("default/4711.mp4", "default/4711.mp4");
        assertThat(bucket.objects).hasSize(1);
        assertThat(toApis.requests(Call.FILE)).hasSize(1);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aBucketAcceptsTheStreamOfADownloadWithoutADirectory() throws Exception {
        String id = toApis.addSource();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:download?taskId=" + id)
                        .setHeader("CamelAwsS3Key", constant("x.mp4"))
                        .to("aws2-s3:videos");
            }
        });
        camel.start();

        assertThat(send("direct:in", null, Map.of()).getException()).isNull();

        assertThat(bucket.objects.get("x.mp4").bytes()).isEqualTo(VIDEO);
    }

    @ParameterizedTest
    @ValueSource(strings = "recipe-s3.java")
    void theRecipeStoresTheVideoInTheBucket(String recipe) throws Exception {
        property("bucket", "videos");
        Snippets.load(camel, Snippets.file(recipe), folder.resolve("videos"));
        camel.start();
        Map<String, Object> order = Map.of("orderId", "4711", "CamelSoraVideoId", toApis.addSource());

        send("direct:to-s3", "Add a puppy", order);
        send("direct:to-s3", "Add a puppy", order);

        assertThat(bucket.puts).containsExactly("4711.mp4", "4711.mp4");
        assertThat(bucket.objects.get("4711.mp4").bytes()).isEqualTo(VIDEO);
        assertThat(folder.resolve("videos")).isEmptyDirectory();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void twoOrdersAreTwoObjects() throws Exception {
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");
        order("remix-to-s3", "a/4712 b", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711") && isDelivered("a/4712 b"));
        assertThat(bucket.objects).containsOnlyKeys("default/4711.mp4", "default/a/4712 b.mp4");
    }

    @Test
    void anotherAccountHasItsOwnFolder() throws Exception {
        property("sora.account", "studio");
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> bucket.objects.containsKey("studio/4711.mp4"));
    }

    @Test
    void aFailedTaskIsLoggedWithItsOrder() throws Exception {
        start("remix-to-s3");

        order("remix-to-s3", "4711", "[fail] this");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().asString().startsWith("Order 4711 has FAILED: ");
        assertThat(bucket.puts).isEmpty();
    }

    @Test
    void aVideoThatItsHostNoLongerHasIsLoggedAsLost() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start("remix-to-s3");

        order("remix-to-s3", "4711", "Add a puppy");
        await().atMost(LIMIT).until(() -> recordOf("4711").taskId() != null);
        toApis.expire(recordOf("4711").taskId());

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().asString().startsWith("Order 4711 is lost: The video of task ");
    }

    @Test
    void aSubmitOfADeadJvmIsLoggedAsPossiblyPaid() throws Exception {
        toApis.lookup(LookUp.OFF);
        writeIntent("4711", "remix-to-s3", Map.of("orderId", "4711"));

        start("remix-to-s3");

        await().atMost(LIMIT).until(() -> recordOf("4711").times().lossReportedAt() != null);
        assertThat(logged).singleElement().asString().startsWith("Order 4711 may be paid for. Do not send it again: ");
    }
}
