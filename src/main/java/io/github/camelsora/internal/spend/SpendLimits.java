package io.github.camelsora.internal.spend;

import io.github.camelsora.api.SpendLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The limits of what an account may spend.
 *
 * @param ofAccount for all its submits together
 * @param ofTenant for the submits of each tenant
 */
public record SpendLimits(List<SpendLimit> ofAccount, List<SpendLimit> ofTenant) {
    /** Nothing is limited. */
    public static final SpendLimits NONE = new SpendLimits(List.of(), List.of());

    /** The longest window: a book keeps slices a little longer. */
    private static final Duration LONGEST = Duration.ofDays(90);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,4})?)\\s*/\\s*([1-9]\\d{0,5})([mhd])");

    public SpendLimits {
        ofAccount = inOrder(ofAccount);
        ofTenant = inOrder(ofTenant);
    }

    /** So that the same limits are equal, in whatever order they are written. */
    private static List<SpendLimit> inOrder(List<SpendLimit> limits) {
        return limits.stream()
                .sorted(Comparator.comparing(SpendLimit::window).thenComparing(SpendLimit::credits))
                .distinct()
                .toList();
    }

    /**
     * Reads the options spendLimit and tenantSpendLimit, say {@code 2000/1d,40000/30d}.
     *
     * @throws IllegalArgumentException if one cannot be read; it names the option and the entry
     */
    public static SpendLimits parse(String spendLimit, String tenantSpendLimit) {
        return new SpendLimits(limits("spendLimit", spendLimit), limits("tenantSpendLimit", tenantSpendLimit));
    }

    private static List<SpendLimit> limits(String name, String option) {
        return option == null
                ? List.of()
                : Arrays.stream(option.split(","))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> limit(name, entry))
                        .toList();
    }

    private static SpendLimit limit(String name, String entry) {
        Matcher form = FORM.matcher(entry);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    name + " has the entry '" + entry
                            + "', which is no limit: it is credits in a window of minutes, hours or days, such as 2000/1d or 500/12h");
        }
        Duration window = Duration.parse(
                form.group(3).equals("d")
                        ? "P" + form.group(2) + "D"
                        : "PT" + form.group(2) + form.group(3).toUpperCase(Locale.ROOT));
        if (window.compareTo(Slices.LENGTH) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " has the entry '" + entry + "', whose window must be of "
                    + Slices.LENGTH.toMinutes() + " minutes to " + LONGEST.toDays() + " days");
        }
        return new SpendLimit(new BigDecimal(form.group(1)), window);
    }

    /** Tells whether any limit holds for submits of a tenant; null for those without a tenant. */
    boolean applyTo(String tenant) {
        return !ofAccount.isEmpty() || tenant != null && !ofTenant.isEmpty();
    }

    public boolean isNone() {
        return ofAccount.isEmpty() && ofTenant.isEmpty();
    }

    /** As the options write them. */
    public String inWords() {
        return inWords("spendLimit", ofAccount) + " and " + inWords("tenantSpendLimit", ofTenant);
    }

    private static String inWords(String name, List<SpendLimit> limits) {
        return limits.isEmpty()
                ? "no " + name
                : name + "=" + limits.stream().map(SpendLimit::toString).collect(Collectors.joining(","));
    }
}
