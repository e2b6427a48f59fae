package desk;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Finds what is wrong, each problem with its one cure. */
public final class Problems {
    private static final Duration EXPIRES_SOON = Duration.ofHours(2);
    /** The service keeps a video for a day after its task has ended, which was created shortly before. */
    private static final Duration VIDEOS_LIVE = Duration.ofHours(26);

    private static final Duration DELIVERIES_TAKE = Duration.ofMinutes(15);
    private static final int ENOUGH_ENDS = 5;

    private final Cached<Long> expiring = new Cached<>(Duration.ofSeconds(15));
    private Videos videos = new Videos();

    /** @param videos has the stored videos */
    public void setVideos(Videos videos) {
        this.videos = videos;
    }

    List<Problem> of(List<AccountInfo> accounts, Console console, Exchange exchange) {
        List<Problem> found = new ArrayList<>();
        List<String> others = new ArrayList<>(console.problems());
        for (AccountInfo account : accounts) {
            for (AccountPause pause : account.pauses()) {
                others.removeIf(text -> text.contains(pause.reason()));
                found.add(Problem.of(pause, console));
            }
        }
        List<TaskCount> overdue = Desk.operator(exchange)
                .count(TaskFilter.ALL
                        .withStates(TaskState.ENDED)
                        .withCreatedBefore(Desk.now(exchange).minus(DELIVERIES_TAKE)));
        for (AccountInfo account : accounts) {
            ofTasks(account, overdue, exchange)
                    .filter(problem -> problem.count() > 0)
                    .forEach(found::add);
            String name = account.account();
            if (!console.isReachedByWebhooks(name) && expectsWebhooks(name, exchange)) {
                found.add(Problem.ofAccount(
                        "webhooks",
                        name,
                        "Webhooks stay away: polls find the results, later",
                        null,
                        "See the address and the secret in the vendor's console, and press its test button."));
            }
        }
        others.forEach(text -> found.add(Problem.ofAccount("other", null, text, null, null)));
        return found;
    }

    /** The problems that tasks of an account may have, each with the number of these tasks. */
    private Stream<Problem> ofTasks(AccountInfo account, List<TaskCount> overdue, Exchange exchange) {
        String name = account.account();
        TaskFilter tasks = TaskFilter.ALL.withAccount(name);
        long unknown = count(account, TaskState.UNKNOWN);
        long setAside = count(account, TaskState.SET_ASIDE);
        long expiringVideos = expiring.get(name, () -> countExpiring(name, exchange));
        long undelivered = overdue.stream()
                .filter(count -> count.account().equals(name))
                .mapToLong(TaskCount::tasks)
                .sum();
        return Stream.of(
                Problem.ofTasks(
                        "unknown",
                        unknown,
                        plural(unknown, "submit") + " of unknown outcome",
                        null,
                        "They may be paid for. Search in the vendor's console for the client_business_id of each: adopt the"
                                + " id of its task, or forget the key if the service has none.",
                        tasks.withStates(TaskState.UNKNOWN),
                        "created"),
                Problem.ofTasks(
                        "setAside",
                        setAside,
                        plural(setAside, "task") + " set aside",
                        "release",
                        "Mend the cause, which the history of a task names. Then release them.",
                        tasks.withStates(TaskState.SET_ASIDE),
                        "created"),
                Problem.ofTasks(
                        "expiring",
                        expiringVideos,
                        plural(expiringVideos, "video") + (expiringVideos == 1 ? " expires" : " expire")
                                + " within two hours",
                        null,
                        "No route has taken them yet. Afterwards the service does not have them any more.",
                        tasks.withStates(TaskState.ENDED, TaskState.SET_ASIDE),
                        "expires"),
                Problem.ofTasks(
                        "undelivered",
                        undelivered,
                        plural(undelivered, "result") + " not delivered",
                        null,
                        "Start a sora:tasks route for this account and tag, or see in the log why it fails.",
                        tasks.withStates(TaskState.ENDED),
                        "ended"));
    }

    /** A delivered video counts only where videos are stored in a folder, and this one is not. */
    private long countExpiring(String account, Exchange exchange) {
        Instant now = Desk.now(exchange);
        TaskFilter filter = TaskFilter.ALL
                .withAccount(account)
                .withStates(
                        videos.hasFolder()
                                ? new TaskState[] {TaskState.ENDED, TaskState.SET_ASIDE, TaskState.DELIVERED}
                                : new TaskState[] {TaskState.ENDED, TaskState.SET_ASIDE})
                .withCreatedAfter(now.minus(VIDEOS_LIVE));
        TaskPage page = TaskPage.first(TaskPage.LARGEST).sortedBy(TaskSort.EXPIRES, false);
        return Desk.operator(exchange).list(filter, page).stream()
                .filter(record -> expiresSoon(record, now))
                .filter(record -> !videos.isStored(record.taskId()))
                .count();
    }

    private static boolean expiresSoon(TaskRecord record, Instant now) {
        Instant expiresAt = record.due().expiresAt();
        return record.taskId() != null
                && expiresAt != null
                && expiresAt.isAfter(now)
                && expiresAt.isBefore(now.plus(EXPIRES_SOON));
    }

    /** Whether a route waits for webhooks, and enough tasks have ended lately to have caused some. */
    private static boolean expectsWebhooks(String account, Exchange exchange) {
        boolean hasReceiver = exchange.getContext().getRoutes().stream()
                .anyMatch(route -> route.getEndpoint() instanceof SoraEndpoint sora
                        && sora.getConfiguration().getOperation() == SoraOperation.webhook
                        && account.equals(sora.getConfiguration().getAccount()));
        if (!hasReceiver) {
            return false;
        }
        TaskPage latest = TaskPage.first(ENOUGH_ENDS).sortedBy(TaskSort.ENDED, true);
        List<TaskRecord> ended = Desk.operator(exchange).list(TaskFilter.ALL.withAccount(account), latest);
        return ended.size() == ENOUGH_ENDS
                && ended.stream()
                        .allMatch(record -> record.times().endedAt() != null
                                && record.times()
                                        .endedAt()
                                        .isAfter(Desk.now(exchange).minus(Duration.ofHours(1))));
    }

    static long count(AccountInfo account, TaskState state) {
        return account.counts().stream()
                .filter(count -> count.state() == state)
                .mapToLong(TaskCount::tasks)
                .sum();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
