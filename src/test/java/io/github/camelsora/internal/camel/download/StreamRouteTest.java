package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a directory the body is a stream over a temporary file, which exists as long as an exchange may read it. */
class StreamRouteTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(300_000, 1);

    @TempDir
    Path out;

    @TempDir
    Path temporaryFiles;

    private final List<byte[]> seen = new CopyOnWriteArrayList<>();
    private String download;
    private String usualFolder;

    @BeforeEach
    void putAVideo() {
        usualFolder = System.setProperty("java.io.tmpdir", temporaryFiles.toString());
        download = "sora:download?taskId=" + toApis.video(VIDEO).addSource();
    }

    @AfterEach
    void restore() {
        System.setProperty("java.io.tmpdir", usualFolder);
    }

    private void route(Route route) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                route.configure(this);
            }
        });
    }

    @FunctionalInterface
    private interface Route {
        void configure(RouteBuilder builder);
    }

    @Test
    void theBodyIsAStreamThatKnowsItsLength() throws Exception {
        route(b -> b.from("direct:in").to(download).process(exchange -> {
            StreamCache body = (StreamCache) exchange.getMessage().getBody();
            assertThat(body).isInstanceOf(InputStream.class);
            assertThat(body.length()).isEqualTo(VIDEO.length);
            assertThat(body.inMemory()).isFalse();
        }));

        Exchange done = send("direct:in", null, "CamelFileNameProduced", "stale");

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders())
                .doesNotContainKey("CamelFileNameProduced")
                .containsEntry("CamelFileLength", (long) VIDEO.length)
                .containsEntry("Content-Type", "video/mp4")
                .containsKey("CamelSoraSha256");
        assertThat(done.getMessage().getHeader("CamelFileName", String.class)).endsWith(".mp4");
    }

    @Test
    void theFileIsDeletedWhenTheExchangeIsDone() throws Exception {
        List<Path> files = new CopyOnWriteArrayList<>();
        route(b -> b.from("direct:in").to(download).process(exchange -> files.addAll(temporary())));

        send("direct:in", null);

        assertThat(files).hasSize(1);
        assertThat(temporary()).isEmpty();
    }

    @Test
    void theFileIsDeletedWhenTheExchangeFails() throws Exception {
        route(b -> b.from("direct:in").to(download).throwException(new IOException("disk")));

        assertThat(send("direct:in", null).getException()).hasMessage("disk");

        assertThat(temporary()).isEmpty();
    }

    @Test
    void nothingIsLeftOfADownloadThatFails() throws Exception {
        toApis.on(Call.FILE).cutBody();
        route(b -> b.from("direct:in").to(download + "&downloadTimeout=100"));

        assertThat(send("direct:in", null).getException()).isExactlyInstanceOf(DownloadFailedException.class);

        assertThat(temporary()).isEmpty();
    }

    @Test
    void itIsWrittenByTheNextStepUnderItsName() throws Exception {
        route(b -> b.from("direct:in").to(download + "&fileName=a/mine.mp4").to("file:" + out));

        send("direct:in", null);

        assertThat(out.resolve("a/mine.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void itCanBeReadTwice() throws Exception {
        route(b -> b.from("direct:in").to(download).process(this::read).process(this::read));

        send("direct:in", null);

        assertSeen(2);
    }

    @Test
    void eachBranchOfAMulticastReadsItAll() throws Exception {
        route(b -> {
            b.from("direct:in").to(download).multicast().parallelProcessing().to("direct:a", "direct:b", "direct:c");
            b.from("direct:a").process(this::read);
            b.from("direct:b").process(this::read);
            b.from("direct:c").process(this::read);
        });

        send("direct:in", null);

        assertSeen(3);
        assertThat(temporary()).isEmpty();
    }

    @Test
    void aWireTapReadsItAfterItsExchangeIsDone() throws Exception {
        assertIsReadLater(route -> route.wireTap("direct:later"), "direct:later");
    }

    @Test
    void aQueueInTheJvmTakesItAlong() throws Exception {
        assertIsReadLater(route -> route.to("seda:later?waitForTaskToComplete=Never"), "seda:later");
    }

    /** Hands it over to a route that reads it only when the exchange that brought it is done. */
    private void assertIsReadLater(Consumer<ProcessorDefinition<?>> handOver, String later) throws Exception {
        CountDownLatch isDone = new CountDownLatch(1);
        route(b -> {
            handOver.accept(b.from("direct:in").to(download));
            b.from(later)
                    .process(exchange -> isDone.await(20, TimeUnit.SECONDS))
                    .process(this::read);
        });

        send("direct:in", null);
        isDone.countDown();

        Awaitility.await().atMost(LIMIT).until(() -> seen.size() == 1);
        assertSeen(1);
        Awaitility.await().atMost(LIMIT).until(() -> temporary().isEmpty());
    }

    @Test
    void whatABranchBringsIsReadByItsParent() throws Exception {
        route(b -> {
            b.from("direct:in")
                    .split(b.constant(List.of(1)), (before, branch) -> branch)
                    .to(download)
                    .end()
                    .process(this::read);
        });

        assertThat(send("direct:in", null).getException()).isNull();

        assertSeen(1);
        assertThat(temporary()).isEmpty();
    }

    @Test
    void aStepThatIsRedeliveredReadsItFromTheBeginning() throws Exception {
        route(b -> {
            b.errorHandler(b.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
            b.from("direct:in").to(download).process(exchange -> {
                read(exchange);
                if (seen.size() == 1) {
                    throw new IOException("once");
                }
            });
        });

        send("direct:in", null);

        assertSeen(2);
    }

    @Test
    void aStopOfTheContextLeavesNoFolder() throws Exception {
        route(b -> b.from("direct:in").to(download));
        send("direct:in", null);

        camel.stop();

        assertThat(folders()).isEmpty();
    }

    private void read(Exchange exchange) {
        seen.add(exchange.getMessage().getBody(byte[].class));
    }

    private void assertSeen(int times) {
        assertThat(seen).hasSize(times).allSatisfy(bytes -> assertThat(bytes).isEqualTo(VIDEO));
    }

    /** The temporary videos of this component. */
    private List<Path> temporary() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders()) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("lock"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(temporaryFiles)) {
            return all.filter(path -> path.getFileName().toString().startsWith("camel-sora-"))
                    .toList();
        }
    }
}
