package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What can be chosen about how the simulator behaves, before it starts (on {@link ToApisSimulatorBuilder}) and while it
 * runs (on {@link ToApisSimulator}), in the same words. A change holds for what comes after it: tasks that are running
 * keep their duration, answers that are on their way keep their shape. Thread-safe.
 *
 * @param <S> the type that is configured, so that calls can be chained
 */
public abstract class SimulatorBehaviour<S extends SimulatorBehaviour<S>> {

    final Settings settings = new Settings();

    SimulatorBehaviour() {}

    abstract S self();

    /**
     * Sets how long tasks take that are accepted from now on. 2 s at first.
     *
     * @param duration by the simulator's clock; zero: a task has ended when it is looked at first
     * @return this
     */
    public S taskDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A task cannot take " + duration);
        }
        return taskDuration(request -> duration);
    }

    /**
     * Lets the request decide how long its task takes, say by a word in its prompt.
     *
     * @param duration from the body of a submit to the duration of its task, not negative
     * @return this
     */
    public S taskDuration(Function<JsonNode, Duration> duration) {
        settings.taskDuration = Objects.requireNonNull(duration, "duration");
        return self();
    }

    /**
     * Sets what becomes of {@code client_business_id}. {@link LookUp#ON} at first.
     *
     * @param lookup known, ignored or refused
     * @return this
     */
    public S lookup(LookUp lookup) {
        settings.lookup = Objects.requireNonNull(lookup, "lookup");
        return self();
    }

    /**
     * Sets the shape of the answer to a submit. {@link Envelope#GENERATION_TASK} at first.
     *
     * @param envelope one of the three shapes
     * @return this
     */
    public S envelope(Envelope envelope) {
        settings.envelope = Objects.requireNonNull(envelope, "envelope");
        return self();
    }

    /**
     * Sets where the answer to a submit has the task's id. {@link IdField#ID} at first.
     *
     * @param field in {@code id}, in {@code task_id}, or in both
     * @return this
     */
    public S idField(IdField field) {
        settings.idField = Objects.requireNonNull(field, "field");
        return self();
    }

    /**
     * Sets the status word in the answer to a submit; it says nothing about the task itself.
     *
     * @param word such as {@code in_progress}, or the empty string; null for the envelope's own word
     * @return this
     */
    public S submitStatus(String word) {
        settings.submitStatus = word;
        return self();
    }

    /**
     * Sets where the status of a completed task has its URL. {@link ResultUrl#DATA_URL} at first.
     *
     * @param place one of the places seen, or none
     * @return this
     */
    public S resultUrl(ResultUrl place) {
        settings.resultUrl = Objects.requireNonNull(place, "place");
        return self();
    }

    /**
     * Sets the shape of errors. {@link ErrorShape#DOCUMENTED} at first.
     *
     * @param shape one of the shapes seen
     * @return this
     */
    public S errorShape(ErrorShape shape) {
        settings.errorShape = Objects.requireNonNull(shape, "shape");
        return self();
    }

    /**
     * Sets the word that makes a prompt unacceptable: its submit is answered with 422 {@code content_policy_violation},
     * and nothing is charged. {@code [refuse]} at first.
     *
     * @param word looked for anywhere in the prompt, in this case; not empty
     * @return this
     */
    public S refusedWord(String word) {
        settings.refusedWord = marker(word);
        return self();
    }

    /**
     * Sets the word that makes a prompt fail: its task is accepted and charged, and ends as failed with code
     * {@code generation_failed}. {@code [fail]} at first.
     *
     * @param word looked for anywhere in the prompt, in this case; not empty
     * @return this
     */
    public S failingWord(String word) {
        settings.failingWord = marker(word);
        return self();
    }

    /**
     * Lets the first looks at each task that is accepted from now on find nothing, as if they had reached a replica
     * that has not heard of it yet. 0 at first.
     *
     * @param looks how many looks are answered with 404, whether they ask by task id or by {@code client_business_id}
     * @return this
     */
    public S replicaLag(int looks) {
        if (looks < 0) {
            throw new IllegalArgumentException("replicaLag is a number of looks, not " + looks);
        }
        settings.replicaLag = looks;
        return self();
    }

    /**
     * Sets what an accepted submit costs. 20 at first.
     *
     * @param credits not negative; 200 of them are one US dollar
     * @return this
     */
    public S price(long credits) {
        if (credits < 0) {
            throw new IllegalArgumentException("A price is not negative: " + credits);
        }
        settings.price = credits;
        return self();
    }

    /**
     * Sets the status word of a completed task whose result URLs have died. At first there is none: it stays completed.
     *
     * @param word such as {@code expired}, which then stands instead of {@code completed}, without a result; null for
     *     none
     * @return this
     */
    public S expiredWord(String word) {
        settings.expiredWord = word;
        return self();
    }

    /**
     * Sets how the file host answers for a URL that has died. 404 at first.
     *
     * @param status an HTTP status from 400 to 599
     * @return this
     */
    public S expiredFileStatus(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of a dead URL is 400 to 599, not " + status);
        }
        settings.expiredFileStatus = status;
        return self();
    }

    /**
     * Sets the bytes that the file host serves as every video. At first they are a playable MP4 of three seconds.
     *
     * @param bytes the whole file; not copied, so leave them alone afterwards
     * @return this
     */
    public S video(byte[] bytes) {
        settings.video = Objects.requireNonNull(bytes, "bytes");
        return self();
    }

    /**
     * Turns webhooks on: the event of each task that ends from now on is sent. They are off at first.
     *
     * @param url where to; {@code callback_url} in a submit may name another path there
     * @param secrets what signs, the present one first; if there are several, each does
     * @return this
     */
    public S webhook(String url, String... secrets) {
        settings.webhook = WebhookTarget.of(url, secrets);
        return self();
    }

    /**
     * Turns webhooks off: the events of tasks that end meanwhile are never sent, and no event is tried again.
     *
     * @return this
     */
    public S withoutWebhook() {
        settings.webhook = null;
        return self();
    }

    /**
     * Sets how long after a try that was not accepted the next one comes. At first these are the vendor's 10 s, 30 s,
     * 2 min, 10 min, 1 h, 6 h and 24 h.
     *
     * @param waits one for each further try, by the simulator's clock, none negative; none at all: no further try
     * @return this
     */
    public S webhookRetryPlan(Duration... waits) {
        List<Duration> plan = List.of(waits);
        plan.stream().filter(Duration::isNegative).findFirst().ifPresent(wait -> {
            throw new IllegalArgumentException("A try cannot come before the last one, by " + wait);
        });
        settings.webhookRetryPlan = plan;
        return self();
    }

    /**
     * Makes the vendor's plan of tries shorter: with 1440 its day is a minute.
     *
     * @param factor by which each wait of the vendor's plan is divided, at least 1
     * @return this
     */
    public S webhookRetryPlanDividedBy(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("The plan is divided by 1 at least, not by " + factor);
        }
        return webhookRetryPlan(WebhookTarget.RETRY_PLAN.stream()
                .map(wait -> wait.dividedBy(factor))
                .toArray(Duration[]::new));
    }

    /**
     * Sets how long an event waits for its answer. 10 s at first, as with the vendor.
     *
     * @param timeout by the machine's clock, more than zero
     * @return this
     */
    public S webhookTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("An answer takes some time, not " + timeout);
        }
        settings.webhookTimeout = timeout;
        return self();
    }

    /**
     * Sets which clock stamps events. At first it is the simulator's own; a receiver that lives by the machine's clock
     * refuses those stamps once the simulator's clock stands still or was moved, and takes those of
     * {@code InstantSource.system()}.
     *
     * @param clock gives the time of each try; null for the simulator's own
     * @return this
     */
    public S webhookTimestamps(InstantSource clock) {
        settings.webhookTimestamps = clock;
        return self();
    }

    /**
     * Keeps each account to what the vendor allows a group. At first nothing is limited.
     *
     * @param group the group of all accounts
     * @param meaning what is meant by a burst, which the vendor does not say
     * @return this
     */
    public S limits(LimitGroup group, Burst meaning) {
        return limits(group.submits(meaning), group.queries(meaning));
    }

    /**
     * Keeps each account to so many submits and queries. What is one too many is answered with 429, costs nothing and does
     * not count; a call that is refused for another reason counts. Every answer that counts says what is left in
     * {@code X-RateLimit} headers. Balances are not limited.
     *
     * @param submits of remixes and of new videos; null for no limit
     * @param queries for tasks, also by {@code client_business_id}; null for no limit
     * @return this
     */
    public S limits(Allowance submits, Allowance queries) {
        settings.submitAllowance = submits;
        settings.queryAllowance = queries;
        return self();
    }

    /**
     * Limits nothing any more.
     *
     * @return this
     */
    public S withoutLimits() {
        Allowance none = null;
        return limits(none, none);
    }

    /**
     * Sets how a call that was one too many is told when to come again. {@link RetryAfter#SECONDS} at first.
     *
     * @param form in seconds, as a date, or not at all
     * @return this
     */
    public S retryAfter(RetryAfter form) {
        settings.retryAfter = Objects.requireNonNull(form, "form");
        return self();
    }

    /**
     * Sets what becomes of a request for a part of a file. {@link RangeSupport#ON} at first.
     *
     * @param support as it should be, or as some hosts have it
     * @return this
     */
    public S ranges(RangeSupport support) {
        settings.ranges = Objects.requireNonNull(support, "support");
        return self();
    }

    /**
     * Sets whether files have a strong ETag, which changes with their bytes. They do at first.
     *
     * @param tagged false for a host that marks its files with nothing
     * @return this
     */
    public S fileTags(boolean tagged) {
        settings.isTagged = tagged;
        return self();
    }

    /**
     * Sets what is done to the bytes of files before they are sent, which their answers tell in {@code Content-Encoding}.
     * Nothing at first.
     *
     * @param encoding how they are encoded; null for not at all
     * @return this
     */
    public S fileEncoding(FileEncoding encoding) {
        settings.fileEncoding = encoding;
        return self();
    }

    /**
     * Sets the image of the last frame that each video has. At first the service tells of none.
     *
     * @param png the bytes of the image, served as {@code image/png}; null for none
     * @return this
     */
    public S lastFrame(byte[] png) {
        settings.lastFrame = png == null ? null : png.clone();
        return self();
    }

    private static String marker(String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("An empty word is in every prompt");
        }
        return word;
    }
}
