package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new MicrometerMeters(registry, "sora");

    /** Figures that know that all is one. */
    private static final Figures ONES = new Ones();

    private static class Ones implements Figures {
        @Override
        public void watch(String account) {}

        @Override
        public double queued(String account) {
            return 1;
        }

        @Override
        public double pauses(String account, AccountPause.Cause cause) {
            return 1;
        }

        @Override
        public double open(String account, TaskState state) {
            return 1;
        }

        @Override
        public double oldestUndelivered(String account) {
            return 1;
        }
    }

    @Test
    void closedMetersAreRemovedAndStayAway() {
        meters.submitEnded("default", "sora-2", SubmitOutcome.ACCEPTED);
        meters.watch("default", ONES);

        meters.close();
        meters.submitEnded("default", "sora-2", SubmitOutcome.ACCEPTED);
        meters.called(1, true);
        meters.watch("default", ONES);

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void metersOfOthersAreNotRemoved() {
        registry.counter("orders");

        meters.close();

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("orders");
    }

    @Test
    void componentsOfTheSameNameHaveTheirOwnMeters() {
        Meters second = new MicrometerMeters(registry, "sora");

        meters.watch("default", ONES);
        second.watch("default", ONES);

        assertThat(registry.find("sora.submit.queue").gauges())
                .extracting(gauge -> gauge.getId().getTag("component"))
                .containsExactlyInAnyOrder("sora", "sora-2");
        meters.close();
        assertThat(registry.find("sora.submit.queue").gauges())
                .extracting(gauge -> gauge.getId().getTag("component"))
                .containsExactly("sora-2");
    }

    @Test
    void aNameIsFreeAgainAfterAStop() {
        meters.close();

        new MicrometerMeters(registry, "sora").watch("default", ONES);

        assertThat(registry.get("sora.submit.queue").gauge().getId().getTag("component"))
                .isEqualTo("sora");
    }

    @Test
    void accountsBeyondTheFirstHundredHaveNoGaugesAndAreCountedTogether() {
        for (int account = 0; account < 102; account++) {
            meters.watch("account-" + account, ONES);
            meters.rateLimited("account-" + account);
        }

        assertThat(registry.find("sora.submit.queue").gauges()).hasSize(100);
        assertThat(registry.get("sora.rate.limited")
                        .tag("account", "other")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void anAccountOfSeveralEndpointsIsWatchedOnce() {
        List<String> accounts = new ArrayList<>();
        Figures counting = new Ones() {
            @Override
            public void watch(String account) {
                accounts.add(account);
            }
        };

        meters.watch("default", counting);
        meters.watch("default", counting);

        assertThat(accounts).containsExactly("default");
    }

    @Test
    void whatAlertsWatchBeginsAtZero() {
        meters.watch("default", ONES);

        assertThat(registry.get("sora.ledger.errors").counter().count()).isZero();
        assertThat(registry.get("sora.rate.limited").counter().count()).isZero();
        assertThat(registry.get("sora.deliveries")
                        .tag("result", "set_aside")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void metersThatAFilterDeniesDoNoHarm() {
        MeterRegistry denying = new SimpleMeterRegistry();
        denying.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return MeterFilterReply.DENY;
            }
        });
        Meters denied = new MicrometerMeters(denying, "sora");

        assertThatCode(() -> {
                    denied.submitEnded("default", "sora-2", SubmitOutcome.ACCEPTED);
                    denied.watch("default", ONES);
                    denied.close();
                })
                .doesNotThrowAnyException();
        assertThat(denying.getMeters()).isEmpty();
    }
}
