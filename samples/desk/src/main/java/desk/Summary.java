package desk;

import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** What the page shows above its table: money and problems. */
public final class Summary {
    private final Balances balances = new Balances();
    private final Cached<Map<String, BigDecimal>> spent = new Cached<>(Duration.ofSeconds(30));
    private Guard guard = new Guard();
    private Prompts prompts = new Prompts();
    private Problems problems = new Problems();

    /** @param guard says whether the desk may act */
    public void setGuard(Guard guard) {
        this.guard = guard;
    }

    /** @param prompts says whether prompts are shown */
    public void setPrompts(Prompts prompts) {
        this.prompts = prompts;
    }

    /** @param problems finds what is wrong */
    public void setProblems(Problems problems) {
        this.problems = problems;
    }

    /**
     * Describes the state of all accounts.
     *
     * @param accounts the accounts
     * @param exchange the exchange
     * @return the summary
     */
    public Map<String, Object> of(List<AccountInfo> accounts, Exchange exchange) {
        Instant now = Desk.now(exchange);
        Console console = Console.of(exchange);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("now", now.toString());
        summary.put("writable", guard.isWritable());
        summary.put("prompts", prompts.mode());
        summary.put("actor", exchange.getProperty(Guard.ACTOR));
        summary.put(
                "accounts",
                accounts.stream()
                        .map(account -> account(account, console, now, exchange))
                        .toList());
        summary.put("problems", problems.of(accounts, console, exchange));
        return summary;
    }

    private Map<String, Object> account(AccountInfo info, Console console, Instant now, Exchange exchange) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        Instant month = today.atZone(ZoneOffset.UTC).withDayOfMonth(1).toInstant();
        Balances.Known balance = balances.of(info.account(), exchange);
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("account", info.account());
        account.put("balance", balance.credits());
        account.put("unlimited", balance.isUnlimited());
        account.put("balanceError", balance.error());
        account.put("spentToday", spentSince(today, exchange).getOrDefault(info.account(), BigDecimal.ZERO));
        account.put("spentThisMonth", spentSince(month, exchange).getOrDefault(info.account(), BigDecimal.ZERO));
        account.put("limits", info.limits().stream().map(Summary::limit).toList());
        account.put("pauses", info.pauses().stream().map(AccountPause::toMap).toList());
        account.put("queued", console.queuedSubmits(info.account()));
        return account;
    }

    /** What was submitted since then has cost, by account; a rejected submit has cost nothing. */
    private Map<String, BigDecimal> spentSince(Instant since, Exchange exchange) {
        return spent.get(
                since.toString(), () -> Desk.operator(exchange).count(TaskFilter.ALL.withCreatedAfter(since)).stream()
                        .filter(count -> count.state() != TaskState.REJECTED)
                        .collect(Collectors.groupingBy(
                                TaskCount::account,
                                Collectors.reducing(BigDecimal.ZERO, TaskCount::credits, BigDecimal::add))));
    }

    static Map<String, Object> limit(LimitLeft left) {
        Map<String, Object> limit = new LinkedHashMap<>();
        String[] written = left.limit().split("/", 2);
        limit.put("credits", new BigDecimal(written[0]));
        limit.put("window", window(written[1]));
        limit.put("tenant", left.tenant());
        limit.put("held", left.held());
        limit.put("left", left.left());
        return limit;
    }

    /** In words. It ends now, so one of {@code 1d} is not today. */
    private static String window(String written) {
        String number = written.substring(0, written.length() - 1);
        return switch (written.charAt(written.length() - 1)) {
            case 'd' -> number.equals("1") ? "24 hours" : number + " days";
            case 'h' -> number.equals("1") ? "1 hour" : number + " hours";
            default -> number + " minutes";
        };
    }
}
