package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.SoraTestSupport;
import java.io.File;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemixRouteTest extends SoraTestSupport {
    @Test
    void aRouteSubmitsWaitsAndDownloads(@TempDir Path videos) throws Exception {
        String source = toApis.addSource();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:remix?videoId=" + source).to("sora:download?directory=" + videos);
            }
        });

        Exchange out = camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody("Add a puppy")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(File.class)).hasParent(videos.toFile());
        assertThat(out.getMessage().getHeaders()).containsKeys("CamelSoraTaskId", "CamelFileName");
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(toApis.books().keysLeakedToFileHost()).isZero();
    }

    @Test
    void theBodyIsTheTask() throws Exception {
        String source = toApis.addSource();
        start();

        VideoTask task = camel.createFluentProducerTemplate()
                .to("sora:remix?videoId=" + source)
                .withBody("Add a puppy")
                .request(VideoTask.class);

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    }
}
