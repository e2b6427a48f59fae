package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.Internals;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.internal.poll.learned.LearnedPollSchedule;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PollScheduleOptionTest {

    @Test
    void pollingLearnsByDefault() throws Exception {
        assertThat(scheduleOf("sora:remix?apiKey=k")).isInstanceOf(LearnedPollSchedule.class);
    }

    @Test
    void theAdviceCanBeKept() throws Exception {
        assertThat(scheduleOf("sora:remix?apiKey=k&pollSchedule=fixed&pollInterval=20s"))
                .isInstanceOfSatisfying(FixedPollSchedule.class, fixed -> assertThat(fixed.interval())
                        .isEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void endpointsLearnFromEachOther() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();

            LearnedPollSchedule one = (LearnedPollSchedule) scheduleOf(context, "sora:remix?apiKey=k");
            LearnedPollSchedule other = (LearnedPollSchedule) scheduleOf(context, "sora:remix?apiKey=k&tag=other");

            assertThat(other.history()).isSameAs(one.history());
        }
    }

    @Test
    void aWrongValueIsAnsweredWithTheRightOnes() {
        assertThatThrownBy(() -> scheduleOf("sora:remix?apiKey=k&pollSchedule=sometimes"))
                .hasStackTraceContaining("sometimes")
                .hasStackTraceContaining("learned")
                .hasStackTraceContaining("fixed");
    }

    private static PollSchedule scheduleOf(String uri) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            return scheduleOf(context, uri);
        }
    }

    private static PollSchedule scheduleOf(CamelContext context, String uri) {
        return Internals.of(context.getEndpoint(uri, SoraEndpoint.class))
                .service()
                .schedule();
    }
}
