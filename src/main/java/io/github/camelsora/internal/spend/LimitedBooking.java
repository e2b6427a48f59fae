package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Credits;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SpendLimit;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds the price of a submit in the book of its account, if the limits of spending have room for it. The ledger calls {@link
 * #check} in the transaction that writes the intent. For one thread.
 */
public final class LimitedBooking implements Booking {
    private final String account;
    private final String tenant;
    private final String key;
    private final String model;
    private final Instant now;
    private final Spending spending;
    /** What the last check has found. */
    private List<Use> checked = List.of();

    /**
     * Creates a booking that is not written.
     *
     * @param account the account that pays
     * @param tenant the tenant of the submit; null for none
     * @param key the key of the submit, for messages
     * @param model its model, for messages
     * @param now the time of its intent
     * @param spending its price, and the limits
     */
    public LimitedBooking(String account, String tenant, String key, String model, Instant now, Spending spending) {
        this.account = account;
        this.tenant = tenant;
        this.key = key;
        this.model = model;
        this.now = now;
        this.spending = spending;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String tenant() {
        return tenant;
    }

    String key() {
        return key;
    }

    Instant now() {
        return now;
    }

    List<Use> checked() {
        return checked;
    }

    /** One limit, and what is held of it. */
    record Use(SpendLimit limit, String tenant, BigDecimal held) {
        Use {
            held = Credits.plain(held);
        }

        BigDecimal left() {
            return limit.credits().subtract(held).max(BigDecimal.ZERO);
        }

        boolean hasRoomFor(BigDecimal price) {
            // What costs nothing exceeds no limit, also one that is below what is held since it was lowered.
            return price.signum() == 0 || held.add(price).compareTo(limit.credits()) <= 0;
        }

        String name() {
            return tenant == null ? "spendLimit " + limit : "tenantSpendLimit " + limit + " of tenant '" + tenant + "'";
        }
    }

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
        checked = uses(held);
        if (spending.price() == null) {
            throw withoutPrice();
        }
        List<Use> full = checked.stream()
                .filter(use -> !use.hasRoomFor(spending.price()))
                .toList();
        if (!full.isEmpty()) {
            throw exceeded(full, held);
        }
    }

    private List<Use> uses(Held held) {
        List<Use> uses = new ArrayList<>();
        spending.limits().ofAccount().forEach(limit -> uses.add(use(limit, null, held)));
        if (tenant != null) {
            spending.limits().ofTenant().forEach(limit -> uses.add(use(limit, tenant, held)));
        }
        return uses;
    }

    private Use use(SpendLimit limit, String whose, Held held) {
        return new Use(limit, whose, held.since(whose, Slices.first(limit, now)));
    }

    private SpendLimitException exceeded(List<Use> full, Held held) {
        boolean isEverTooMuch = full.stream()
                .anyMatch(use -> spending.price().compareTo(use.limit().credits()) > 0);
        Duration wait = isEverTooMuch
                ? null
                : full.stream()
                        .map(use -> untilRoom(use, held))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        String limits = full.stream()
                .map(use -> use.name() + ", of which " + use.held().toPlainString() + " are held")
                .collect(Collectors.joining(", and "));
        return new SpendLimitException(
                "The submit of key " + key + " costs " + spending.price().toPlainString()
                        + " credits and would exceed the " + limits + ". Nothing was sent and nothing was paid. "
                        + (isEverTooMuch
                                ? "Its price is more than a limit, so waiting does not help."
                                : "There is room for it in about " + inWords(wait) + "."),
                new About(SubmitOutcome.NOT_SENT, key, null),
                wait);
    }

    private SpendLimitException withoutPrice() {
        return new SpendLimitException(
                "The submit of key " + key + " was not sent, because the price of model " + model
                        + " is not known and spending is limited (spendLimit, tenantSpendLimit). Nothing was paid. Name the price:"
                        + " creditPrices=" + model
                        + "=20, or price in a modelCatalog. A price a second needs a duration in whole seconds. If the request has"
                        + " metadata.n, it must be a whole number of videos above 0.",
                new About(SubmitOutcome.NOT_SENT, key, null),
                null);
    }

    /** How long it takes until enough slices have left the window. */
    private Duration untilRoom(Use use, Held held) {
        BigDecimal surplus =
                use.held().add(spending.price()).subtract(use.limit().credits());
        for (Slice slice : held.slices(use.tenant(), Slices.first(use.limit(), now))) {
            surplus = surplus.subtract(slice.held());
            if (surplus.signum() <= 0) {
                return Duration.between(now, Slices.end(slice.start(), use.limit()));
            }
        }
        // Less is held by now.
        return Duration.ZERO;
    }

    private static String inWords(Duration wait) {
        long minutes = Math.max(1, wait.toMinutes());
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
    }

    /** What is left of each limit that applies to the submit, as the last check has found it. */
    public List<LimitLeft> left() {
        return checked.stream()
                .map(use -> new LimitLeft(use.limit().toString(), use.tenant(), use.held(), use.left()))
                .toList();
    }

    /** What is left of the limits of an account as a whole; those of tenants are not among it. */
    public static List<LimitLeft> left(String account, SpendLimits limits, Instant now, Held held) {
        LimitedBooking asking = new LimitedBooking(account, null, null, null, now, new Spending(null, limits, false));
        asking.checked = asking.uses(held);
        return asking.left();
    }
}
