package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.IdempotencyPolicy.Decision;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.support.TaskTestSupport;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan says when it cannot be made. */
class SubmitPlannerTest extends TaskTestSupport {
    private SubmitCommand known(String key) {
        SubmitCommand plain = submission(key, "Add a puppy");
        return new SubmitCommand(plain.key(), plain.request(), plain.service(), plain.labels(), Spending.NONE, false);
    }

    @Test
    void aLedgerThatCannotBeReadIsNamed() {
        ledger.fail();

        ServiceUnavailableException failure = catchThrowableOfType(
                ServiceUnavailableException.class, () -> submits.planner().plan(known("key-1")));

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(failure).hasMessageContaining("ledger");
    }

    @Test
    void anErrorOfThisComponentIsNotReportedAsOneOfTheLedger() {
        SubmitCommand plain = known("key-1");
        SubmitRequest broken =
                new SubmitRequest(SubmitOperation.GENERATE, null, new HashMap<>(Map.of("model", "sora-2")) {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        throw new UnsupportedOperationException("thrown by a test");
                    }
                });
        SubmitCommand command =
                new SubmitCommand(plain.key(), broken, plain.service(), plain.labels(), Spending.NONE, false);

        assertThatThrownBy(() -> submits.planner().plan(command)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void eachDecisionHasAnEffect() {
        SubmitPlan plan = submits.planner().plan(known("key-1"));

        assertThat(plan.effect()).isEqualTo(Effect.SEND);
        assertThat(Decision.values()).hasSameSizeAs(Effect.values());
    }
}
