package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ModelInfo;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.SoraTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sora:models} lists the models that the account may use. */
class ModelsRouteTest extends SoraTestSupport {

    @Test
    void theBodyIsTheListOfVideoModels() throws Exception {
        toApis.models("grok-video-1.0", "veo-3");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:models").to("sora:models").setHeader("first", simple("${body[0].id}"));
            }
        });

        Exchange out = send("direct:models", null);

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.list(ModelInfo.class))
                .extracting(ModelInfo::id)
                .containsExactly("grok-video-1.0", "veo-3");
        assertThat(out.getMessage().getHeader("first")).isEqualTo("grok-video-1.0");
        assertThat(toApis.requests())
                .singleElement()
                .extracting(ReceivedRequest::target)
                .isEqualTo("/v1/models?type=video");
    }

    @Test
    void eachModelConvertsToJsonAndToAMap() throws Exception {
        toApis.models("veo-3");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:models").to("sora:models").setBody(simple("${body[0]}"));
            }
        });

        Exchange out = send("direct:models", null);

        assertThat(out.getMessage().getBody(String.class)).startsWith("{\"id\":\"veo-3\",\"created\":\"2021-07-20T");
        assertThat(out.getMessage().getBody(Map.class).get("id")).isEqualTo("veo-3");
    }

    @Test
    void anAnswerWithoutAListFails() throws Exception {
        toApis.on(Call.MODELS).answer(200, "<html>Welcome</html>", "Content-Type: text/html");
        start();

        Exchange out = send("sora:models", null);

        assertThat(out.getException())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("query of the models");
    }

    @Test
    void aKeyThatWasReplacedIsReadAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), toApis.apiKey());
        options().setApiKey("file:" + file);
        start();
        assertThat(send("sora:models", null).getException()).isNull();
        toApis.addApiKey("sk-rotated").revokeApiKey(toApis.apiKey());
        Files.writeString(file, "sk-rotated");

        Exchange out = send("sora:models", null);

        assertThat(out.getException()).isNull();
        assertThat(toApis.requests(Call.MODELS)).hasSize(3);
    }
}
