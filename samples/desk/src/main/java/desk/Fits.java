package desk;

import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** Which actions fit a task. {@code sora:ledger} refuses the others, so the page does not offer them, and a preview leaves them out. */
final class Fits {
    private static final Map<String, Set<TaskState>> STATES = new LinkedHashMap<>();

    static {
        STATES.put("adopt", EnumSet.of(TaskState.UNKNOWN));
        STATES.put("retry", EnumSet.of(TaskState.REJECTED, TaskState.ENDED, TaskState.DELIVERED));
        STATES.put("release", EnumSet.of(TaskState.SET_ASIDE));
        STATES.put("setAside", EnumSet.of(TaskState.UNKNOWN, TaskState.RUNNING, TaskState.ENDED));
        STATES.put("forget", EnumSet.complementOf(EnumSet.of(TaskState.INTENT, TaskState.RUNNING)));
        STATES.put("cancel", EnumSet.of(TaskState.INTENT));
    }

    private Fits() {}

    static List<String> actions(TaskRecord record, VideoTask result) {
        return STATES.keySet().stream()
                .filter(action -> fits(action, record, result))
                .toList();
    }

    /** The tasks of a search that an action fits. */
    static List<TaskRecord> find(String action, TaskFilter filter, Exchange exchange) {
        Set<TaskState> states = EnumSet.copyOf(STATES.get(action));
        if (!filter.states().isEmpty()) {
            states.retainAll(filter.states());
        }
        List<TaskRecord> found = new ArrayList<>();
        if (states.isEmpty()) {
            return found;
        }
        TaskFilter narrowed = filter.withStates(states.toArray(TaskState[]::new));
        TaskPage page = TaskPage.first(TaskPage.LARGEST);
        List<TaskRecord> records;
        do {
            records = Desk.operator(exchange).list(narrowed, page);
            records.stream().filter(record -> fits(action, record)).forEach(found::add);
            page = page.next();
        } while (records.size() == page.limit());
        return found;
    }

    static boolean fits(String action, TaskRecord record) {
        return fits(action, record, action.equals("retry") ? Tasks.result(record) : null);
    }

    private static boolean fits(String action, TaskRecord record, VideoTask result) {
        boolean isFailed = record.state() == TaskState.REJECTED
                || result != null && result.status().isFailure();
        return STATES.get(action).contains(record.state()) && (isFailed || !action.equals("retry"));
    }
}
