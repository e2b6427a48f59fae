package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Books;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever fails, the book holds the price of each submit that was accepted or may have been, and of no other. */
class BookRunsTest extends TaskTestSupport {
    private static final int RUNS = 500;
    private static final int MOST_SUBMITS = 6;
    private static final BigDecimal PRICE = BigDecimal.valueOf(20);
    private static final Spending SPENDING = new Spending(PRICE, SpendLimits.parse("60/1d,2000/30d", null), false);

    private final Set<String> keys = new LinkedHashSet<>();
    private int refused;

    @Test
    void theBookEqualsWhatTheServiceHasAcceptedAndWhatIsUnknown() {
        long seed = 20_261_130;
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            runOnce(run, random);
            assertBooks("run " + run + " of seed " + seed);
            // The next run has a window of its own.
            leaveUndone(Duration.ofDays(1).plusMinutes(20));
        }

        assertThat(refused).as("submits that a limit refused").isPositive();
    }

    private void runOnce(int run, Random random) {
        Instant begin = ledger.now();
        int submits = 1 + random.nextInt(MOST_SUBMITS);
        for (int i = 0; i < submits; i++) {
            fault(random);
            submitOnce("key-" + run + "-" + random.nextInt(MOST_SUBMITS));
            if (random.nextInt(4) == 0) {
                ledger.onceBeforeReplace(ledger::fail);
            }
            work();
            ledger.onceBeforeReplace(null);
            ledger.recover();
        }
        toApis.clearFaults();
        // Everything that was put off is done, and each submit has ended one way or another.
        passInSteps(SUBMIT_TIMEOUT.plus(RECOVERY_TIMEOUT), Duration.ofMinutes(2));
        assertThat(heldSince(begin)).isLessThanOrEqualTo(BigDecimal.valueOf(60));
    }

    private void submitOnce(String key) {
        SubmitCommand plain = submission(key, "Add a puppy");
        TestWaiter waiting = new TestWaiter();
        try {
            submits.submit(
                    new SubmitCommand(plain.key(), plain.request(), plain.service(), plain.labels(), SPENDING, false),
                    Goal.ACCEPTED,
                    waiting::with);
        } catch (SpendLimitException e) {
            refused++;
        } catch (RuntimeException e) {
            // Nothing was sent, because the ledger failed.
        }
        keys.add(key);
    }

    private void fault(Random random) {
        switch (random.nextInt(9)) {
            case 0 -> toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
            case 1 -> toApis.on(Call.SUBMIT).times(1).cut();
            case 2 -> toApis.on(Call.SUBMIT).times(1).answer(500, "{}");
            case 3 -> toApis.on(Call.SUBMIT).times(1).answer(429, "{}");
            case 4 -> toApis.on(Call.SUBMIT).times(1).answer(400, "{}");
            case 5 -> toApis.on(Call.SUBMIT).times(1).afterProcessing().answer(200, "not JSON");
            case 6 -> ledger.fail();
            default -> {
                // The service answers as it should.
            }
        }
    }

    private BigDecimal heldSince(Instant time) {
        return ledger.book().orElseThrow().held(ACCOUNT).since(null, time.minus(Duration.ofMinutes(10)));
    }

    private void assertBooks(String run) {
        List<TaskRecord> held = keys.stream()
                .flatMap(key -> ledger.find(ACCOUNT, key).stream())
                .filter(record -> record.state() != TaskState.REJECTED)
                .toList();
        Books books = toApis.books();
        Set<String> accepted = books.acceptedByKey().keySet();
        List<TaskRecord> unpaid =
                held.stream().filter(record -> !accepted.contains(record.key())).toList();

        assertThat(ledger.book().orElseThrow().held(ACCOUNT).since(null, Instant.EPOCH))
                .as(run)
                .isEqualByComparingTo(priceOf(held.size()))
                .isEqualByComparingTo(BigDecimal.valueOf(books.charged()).add(priceOf(unpaid.size())));
        assertThat(unpaid).as(run).allSatisfy(record -> assertThat(record.taskId())
                .isNull());
    }

    private static BigDecimal priceOf(int submits) {
        return PRICE.multiply(BigDecimal.valueOf(submits));
    }
}
