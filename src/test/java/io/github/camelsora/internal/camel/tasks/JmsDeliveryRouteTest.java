package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.SoraTestSupport;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies of this component go to a queue and come back from it, with JMS as it is by default. */
class JmsDeliveryRouteTest extends SoraTestSupport {
    private final BrokerService broker = new BrokerService();

    @BeforeEach
    void startBroker() throws Exception {
        broker.setBrokerName("hand-over");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.start();
        JmsComponent jms = JmsComponent.jmsComponent(new ActiveMQConnectionFactory("vm://hand-over?create=false"));
        camel.addComponent("jms", jms);
    }

    @AfterEach
    void stopBroker() throws Exception {
        camel.stop();
        broker.stop();
    }

    @Test
    void aTaskArrivesAsItsJson() throws Exception {
        String source = toApis.addSource();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:remix?videoId=" + source).to("jms:done?exchangePattern=InOnly");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        VideoTask task = out.getMessage().getBody(VideoTask.class);
        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        String received = camel.createConsumerTemplate().receiveBody("jms:done", LIMIT.toMillis(), String.class);
        JsonNode json = new ObjectMapper().readTree(received);
        assertThat(json.path("id").textValue()).isEqualTo(task.id());
        assertThat(json.path("status").textValue()).isEqualTo("COMPLETED");
    }

    @Test
    void aRequestArrivesAndIsTheSameRequest() throws Exception {
        RemixRequest request = RemixRequest.of(toApis.addSource(), "Füge einen Welpen hinzu 🐶")
                .withModel("sora-2-pro")
                .withDuration(15);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("jms:requests?exchangePattern=InOnly");
                from("jms:requests")
                        .to("sora:remix?waitForCompletion=false&requestKey=${header.JMSMessageID}")
                        .to("seda:accepted");
            }
        });

        send("direct:in", request);

        assertThat(camel.createConsumerTemplate().receive("seda:accepted", LIMIT.toMillis()))
                .isNotNull();
        assertThat(submit().path()).isEqualTo("/v1/videos/" + request.videoId() + "/remix");
        assertThat(submitted().path("prompt").textValue()).isEqualTo(request.prompt());
        assertThat(submitted().path("model").textValue()).isEqualTo("sora-2-pro");
        assertThat(submitted().path("duration").intValue()).isEqualTo(15);
    }
}
