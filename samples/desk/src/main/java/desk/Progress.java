package desk;

import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.VideoTask;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Remembers how far the tasks are that this JVM polls. It is the {@code taskListener} of the component; without it the desk shows no
 * progress.
 */
public final class Progress implements TaskListener {
    private static final int MOST_TASKS = 10_000;

    /** What a poll has said last. */
    record Seen(Integer percent, Instant expectedAt) {
        static final Seen NOTHING = new Seen(null, null);
    }

    private final Map<String, Seen> byTaskId = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_TASKS;
        }
    });

    @Override
    public void seen(VideoTask task) {
        // The component calls the method below.
    }

    @Override
    public void seen(VideoTask task, Instant expectedAt) {
        if (task.status().isTerminal()) {
            byTaskId.remove(task.id());
        } else if (task.id() != null) {
            byTaskId.put(task.id(), new Seen(task.progress(), expectedAt));
        }
    }

    /** What is known of a running task. */
    static Seen of(Exchange exchange, String taskId) {
        return Desk.component(exchange).getTaskListener() instanceof Progress progress
                ? progress.byTaskId.getOrDefault(taskId, Seen.NOTHING)
                : Seen.NOTHING;
    }
}
