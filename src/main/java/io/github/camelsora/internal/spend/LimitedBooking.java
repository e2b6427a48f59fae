package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SpendLimit;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the price of a submit within the limits of its account.
 *
 * @param account the account that pays
 * @param tenant for whom; null for no one in particular
 * @param key the key of the submit, for messages
 * @param model its model, for messages
 * @param now the time of its intent
 * @param spending its price, and the limits
 * @param warnings warns of limits that are nearly reached
 */
public record LimitedBooking(
        String account, String tenant, String key, String model, Instant now, Spending spending, SpendWarnings warnings)
        implements Booking {

    @Override
    public Instant slice() {
        return Slices.of(now);
    }

    @Override
    public BigDecimal amount() {
        return spending.price();
    }

    @Override
    public boolean isLimited() {
        return spending.limits().applyTo(tenant);
    }

    @Override
    public void check(Held held) {
        if (!isLimited()) {
            return;
        }
        if (spending.price() == null) {
            throw withoutPrice();
        }
        spending.limits().ofAccount().forEach(limit -> check(limit, null, held));
        if (tenant != null) {
            spending.limits().ofTenant().forEach(limit -> check(limit, tenant, held));
        }
    }

    private void check(SpendLimit limit, String whose, Held held) {
        BigDecimal before = held.since(whose, Slices.first(limit, now));
        BigDecimal after = before.add(spending.price());
        if (after.compareTo(limit.credits()) > 0) {
            warnings.exceeded(account, whose, limit, now);
            throw exceeded(limit, whose, before, held);
        }
        warnings.held(account, whose, limit, after, now);
    }

    private SpendLimitException exceeded(SpendLimit limit, String whose, BigDecimal before, Held held) {
        boolean isTooMuchAlone = spending.price().compareTo(limit.credits()) > 0;
        Duration wait = isTooMuchAlone ? null : untilRoom(limit, whose, before, held);
        String name =
                whose == null ? "spendLimit " + limit : "tenantSpendLimit " + limit + " of tenant '" + whose + "'";
        return new SpendLimitException(
                "The submit of key " + key + " costs " + spending.price().toPlainString()
                        + " credits and would exceed the "
                        + name + ", of which " + before.stripTrailingZeros().toPlainString()
                        + " are held. Nothing was sent and nothing was paid. "
                        + (isTooMuchAlone
                                ? "Its price is more than the limit, so waiting does not help."
                                : "The window has room for it in about " + inWords(wait) + "."),
                new About(SubmitOutcome.NOT_SENT, key, null),
                wait);
    }

    private SpendLimitException withoutPrice() {
        return new SpendLimitException(
                "The submit of key " + key + " was not sent, because the price of model " + model
                        + " is not known and spending is limited (spendLimit, tenantSpendLimit). Nothing was paid. Name the price:"
                        + " creditPrices=" + model
                        + "=20, or price in a modelCatalog. A price a second needs a duration.",
                new About(SubmitOutcome.NOT_SENT, key, null),
                null);
    }

    /** How long it takes until enough slices have left the window. */
    private Duration untilRoom(SpendLimit limit, String whose, BigDecimal before, Held held) {
        BigDecimal surplus = before.add(spending.price()).subtract(limit.credits());
        for (Slice slice : held.slices(whose, Slices.first(limit, now))) {
            surplus = surplus.subtract(slice.held());
            if (surplus.signum() <= 0) {
                return Duration.between(now, Slices.end(slice.start(), limit));
            }
        }
        // Less is held by now.
        return Duration.ZERO;
    }

    private static String inWords(Duration wait) {
        long minutes = Math.max(1, wait.toMinutes());
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
    }

    /** What is left of each limit that applies to the submit. */
    public List<LimitLeft> left(Held held) {
        List<LimitLeft> left = new ArrayList<>();
        spending.limits().ofAccount().forEach(limit -> left.add(left(limit, null, held)));
        if (tenant != null) {
            spending.limits().ofTenant().forEach(limit -> left.add(left(limit, tenant, held)));
        }
        return left;
    }

    private LimitLeft left(SpendLimit limit, String whose, Held held) {
        BigDecimal sum = held.since(whose, Slices.first(limit, now));
        return new LimitLeft(
                limit.toString(), whose, sum, limit.credits().subtract(sum).max(BigDecimal.ZERO));
    }
}
