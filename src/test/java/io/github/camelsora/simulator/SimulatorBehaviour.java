package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The settings that can be changed both before the simulator starts (on {@link ToApisSimulatorBuilder}) and while it runs
 * (on {@link ToApisSimulator}). A change applies to later calls and tasks: a running task keeps its duration. Thread-safe.
 *
 * @param <S> the type that is configured, so that calls can be chained
 */
public abstract class SimulatorBehaviour<S extends SimulatorBehaviour<S>> {

    final Settings settings = new Settings();

    SimulatorBehaviour() {}

    abstract S self();

    /**
     * Sets the duration of tasks that are accepted from now on. The default is 2 s.
     *
     * @param duration by the simulator's clock, not negative; zero: a task has ended when it is accepted
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public S taskDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The duration of a task must not be negative: " + duration);
        }
        return taskDuration(request -> duration);
    }

    /**
     * Sets the duration of each task by its request, for instance by a word in the prompt.
     *
     * @param duration returns the duration of a task, not negative, for the body of its submit
     * @return this
     */
    public S taskDuration(Function<JsonNode, Duration> duration) {
        settings.taskDuration = Objects.requireNonNull(duration, "duration");
        return self();
    }

    /**
     * Sets how {@code client_business_id} is treated. The default is {@link LookUp#ON}.
     *
     * @param lookup known, ignored or rejected
     * @return this
     */
    public S lookup(LookUp lookup) {
        settings.lookup = Objects.requireNonNull(lookup, "lookup");
        return self();
    }

    /**
     * Sets the shape of the answer to a submit. The default is {@link Envelope#GENERATION_TASK}.
     *
     * @param envelope one of the three shapes
     * @return this
     */
    public S envelope(Envelope envelope) {
        settings.envelope = Objects.requireNonNull(envelope, "envelope");
        return self();
    }

    /**
     * Sets whether the API is OpenAI's Videos API, so that OpenAI's own SDKs can be tested with the simulator. A remix is
     * then also read from a multipart body, {@code GET /v1/videos/{video_id}} is the status query, both are answered with
     * OpenAI's video object ({@link Envelope#VIDEO}), and {@code GET /v1/videos/{video_id}/content} serves the video to the
     * owner of the key. That download is a {@link Call#FILE}. The default is no.
     *
     * @param isOpenAi whether it is
     * @return this
     */
    public S openAiVideos(boolean isOpenAi) {
        settings.openAiVideos = isOpenAi;
        return self();
    }

    /**
     * Sets which field of the answer to a submit has the task id. The default is {@link IdField#ID}.
     *
     * @param field in {@code id}, in {@code task_id}, or in both
     * @return this
     */
    public S idField(IdField field) {
        settings.idField = Objects.requireNonNull(field, "field");
        return self();
    }

    /**
     * Sets the status word in the answer to a submit. The state of the task does not change.
     *
     * @param word such as {@code in_progress}, or the empty string; null for the default of the envelope
     * @return this
     */
    public S submitStatus(String word) {
        settings.submitStatus = word;
        return self();
    }

    /**
     * Sets which field of a completed status has the URL. The default is {@link ResultUrl#DATA_URL}.
     *
     * @param place the field, or none
     * @return this
     */
    public S resultUrl(ResultUrl place) {
        settings.resultUrl = Objects.requireNonNull(place, "place");
        return self();
    }

    /**
     * Sets the shape of errors. The default is {@link ErrorShape#DOCUMENTED}.
     *
     * @param shape one of the shapes that services of this family use
     * @return this
     */
    public S errorShape(ErrorShape shape) {
        settings.errorShape = Objects.requireNonNull(shape, "shape");
        return self();
    }

    /**
     * Sets the word that rejects a prompt: a submit whose prompt contains it is answered with 422
     * {@code content_policy_violation} and is not charged. The default is {@code [refuse]}.
     *
     * @param word case-sensitive, not empty
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public S refusedWord(String word) {
        settings.refusedWord = marker(word);
        return self();
    }

    /**
     * Sets the word that fails a task: a submit whose prompt contains it is accepted and charged, and its task ends as
     * failed with code {@code generation_failed}. The default is {@code [fail]}.
     *
     * @param word case-sensitive, not empty
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public S failingWord(String word) {
        settings.failingWord = marker(word);
        return self();
    }

    /**
     * Answers the first queries of each task that is accepted from now on with 404, as a replica does that does not have
     * the task yet. The default is 0.
     *
     * @param queries the number of queries of a task, by task id or {@code client_business_id}, that are answered with 404
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public S replicaLag(int queries) {
        if (queries < 0) {
            throw new IllegalArgumentException("replicaLag must not be negative: " + queries);
        }
        settings.replicaLag = queries;
        return self();
    }

    /**
     * Sets whether answers to submits and queries repeat the {@code client_business_id} of the submit, while look-up is
     * {@link LookUp#ON}. It is documented for a few models only, so by default they do not. An event repeats it always.
     *
     * @param echo true for answers that repeat it
     * @return this
     */
    public S echo(boolean echo) {
        settings.echo = echo;
        return self();
    }

    /**
     * Sets the price of an accepted submit. The default is 20 credits.
     *
     * @param credits not negative; 200 credits are one US dollar
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public S price(long credits) {
        if (credits < 0) {
            throw new IllegalArgumentException("The price must not be negative: " + credits);
        }
        settings.price = credits;
        return self();
    }

    /**
     * Sets the price of an accepted submit of one model. By default it is {@link #price(long)}.
     *
     * @param model such as {@code sora-2}
     * @param credits not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public S price(String model, long credits) {
        if (credits < 0) {
            throw new IllegalArgumentException("The price of %s must not be negative: %d".formatted(model, credits));
        }
        settings.modelPrices.put(Objects.requireNonNull(model, "model"), credits);
        return self();
    }

    /**
     * Sets the field in which answers to submits and queries, and events, say what the task cost. No such field is
     * documented, so by default they do not say it.
     *
     * @param field such as {@code credits_used}; null for none
     * @return this
     */
    public S chargedField(String field) {
        settings.chargedField = field;
        return self();
    }

    /**
     * Sets the status word of a completed task whose result URLs have expired. By default its status stays
     * {@code completed}.
     *
     * @param word such as {@code expired}; the status then has this word and no result. Null for the default
     * @return this
     */
    public S expiredWord(String word) {
        settings.expiredWord = word;
        return self();
    }

    /**
     * Sets the HTTP status with which the file host answers an expired URL. The default is 404.
     *
     * @param status an HTTP status from 400 to 599
     * @return this
     * @throws IllegalArgumentException if it is out of that range
     */
    public S expiredFileStatus(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an expired URL must be 400 to 599, not " + status);
        }
        settings.expiredFileStatus = status;
        return self();
    }

    /**
     * Sets the bytes that the file host serves for every video. The default is a playable MP4 of three seconds.
     *
     * @param bytes the whole file; not copied, so do not change the array afterwards
     * @return this
     */
    public S video(byte[] bytes) {
        settings.video = Objects.requireNonNull(bytes, "bytes");
        return self();
    }

    /**
     * Turns webhooks on: each task that ends from now on causes an event. By default webhooks are off.
     *
     * @param url the receiver; the {@code callback_url} of a submit may be another path of the same origin
     * @param secrets at least one, the present one first; each of them signs
     * @return this
     * @throws IllegalArgumentException if the URL is not an HTTP URL, or a secret is missing or blank
     */
    public S webhook(String url, String... secrets) {
        settings.webhook = WebhookTarget.of(url, secrets);
        return self();
    }

    /**
     * Turns webhooks off: the events of tasks that end meanwhile are never sent, and no event is retried.
     *
     * @return this
     */
    public S withoutWebhook() {
        settings.webhook = null;
        return self();
    }

    /**
     * Sets the waits before retries of an event. The default is the vendor's plan: 10 s, 30 s, 2 min, 10 min, 1 h, 6 h and
     * 24 h.
     *
     * @param waits one for each retry, by the simulator's clock, not negative; without any there is no retry
     * @return this
     * @throws IllegalArgumentException if one is negative
     */
    public S webhookRetryPlan(Duration... waits) {
        List<Duration> plan = List.of(waits);
        plan.stream().filter(Duration::isNegative).findFirst().ifPresent(wait -> {
            throw new IllegalArgumentException("A wait before a retry must not be negative: " + wait);
        });
        settings.webhookRetryPlan = plan;
        return self();
    }

    /**
     * Divides the waits of the vendor's retry plan: with 1440, 24 hours become one minute.
     *
     * @param factor the divisor, at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public S webhookRetryPlanDividedBy(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("The divisor of the retry plan must be at least 1, not " + factor);
        }
        return webhookRetryPlan(WebhookTarget.RETRY_PLAN.stream()
                .map(wait -> wait.dividedBy(factor))
                .toArray(Duration[]::new));
    }

    /**
     * Sets how long a try waits for its answer. The default is the vendor's 10 s.
     *
     * @param timeout by the machine's clock, more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public S webhookTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout of a webhook must be more than zero, not " + timeout);
        }
        settings.webhookTimeout = timeout;
        return self();
    }

    /**
     * Sets the clock of the timestamps in events. The default is the simulator's clock. If that stands still or was moved,
     * a receiver that uses the machine's clock rejects its timestamps; then set {@code InstantSource.system()}.
     *
     * @param clock gives the timestamp of each try; null for the simulator's clock
     * @return this
     */
    public S webhookTimestamps(InstantSource clock) {
        settings.webhookTimestamps = clock;
        return self();
    }

    /**
     * Applies the vendor's limits of a group to each account. By default there are no limits.
     *
     * @param group the group of all accounts
     * @param meaning how a burst is limited, which the vendor does not document
     * @return this
     */
    public S limits(LimitGroup group, Burst meaning) {
        return limits(group.submits(meaning), group.queries(meaning));
    }

    /**
     * Limits the submits and queries of each account. A call beyond the limit is answered with 429, costs nothing and does
     * not count; a call that is rejected for another reason counts. Each answer to a limited kind of call has
     * {@code X-RateLimit} headers. Queries of the balance and of the models are not limited.
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
     * Removes all limits.
     *
     * @return this
     */
    public S withoutLimits() {
        Allowance none = null;
        return limits(none, none);
    }

    /**
     * Sets which video models {@code GET /v1/models} names as those that the key may use. A submit for another model is accepted
     * all the same. The default are the models of the catalogue in the jar of camel-sora.
     *
     * @param names the names of the models; none for an empty list
     * @return this
     */
    public S models(String... names) {
        settings.models = List.of(names);
        return self();
    }

    /**
     * Ends a model: from now on a submit for it is rejected and costs nothing, and {@code GET /v1/models} does not name it.
     * Tasks that run are not affected.
     *
     * @param model the name of the model
     * @param form how its submits are rejected
     * @return this
     */
    public S endModel(String model, EndedModel form) {
        settings.endedModels.put(Objects.requireNonNull(model, "model"), Objects.requireNonNull(form, "form"));
        return self();
    }

    /**
     * Sets how a 429 says when to retry. The default is {@link RetryAfter#SECONDS}.
     *
     * @param form in seconds, as a date, or not at all
     * @return this
     */
    public S retryAfter(RetryAfter form) {
        settings.retryAfter = Objects.requireNonNull(form, "form");
        return self();
    }

    /**
     * Sets how range requests for files are answered. The default is {@link RangeSupport#ON}.
     *
     * @param support correct answers, or one of the defects of real hosts
     * @return this
     */
    public S ranges(RangeSupport support) {
        settings.ranges = Objects.requireNonNull(support, "support");
        return self();
    }

    /**
     * Sets whether files have a strong ETag, which changes with their bytes. By default they have one.
     *
     * @param tagged false for files without an ETag
     * @return this
     */
    public S fileTags(boolean tagged) {
        settings.isTagged = tagged;
        return self();
    }

    /**
     * Sets in which encoding files are sent, with the matching {@code Content-Encoding}. By default they are not encoded.
     *
     * @param encoding the encoding; null for none
     * @return this
     */
    public S fileEncoding(FileEncoding encoding) {
        settings.fileEncoding = encoding;
        return self();
    }

    /**
     * Sets the image of the last frame of each video. By default a completed status names no last frame.
     *
     * @param png the bytes of the image, which are copied and served as {@code image/png}; null for none
     * @return this
     */
    public S lastFrame(byte[] png) {
        settings.lastFrame = png == null ? null : png.clone();
        return self();
    }

    private static String marker(String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("The word must not be empty: every prompt would contain it");
        }
        return word;
    }
}
