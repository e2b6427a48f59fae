package io.github.camelsora;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.camel.option.EnumOption;
import io.github.camelsora.internal.ratelimit.RateGroup;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.toapis.BaseUrl;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options that the component and its endpoints share; what an endpoint sets comes first. Their descriptions are the
 * documentation that users read.
 */
@UriParams
public class SoraConfiguration implements Cloneable {

    private static final int SECONDS_OF_A_BURST = 10;

    @UriPath(description = "What the endpoint does.")
    @Metadata(required = true)
    private SoraOperation operation;

    @UriParam(
            label = "producer",
            description =
                    "The id of the video to remix, that is of the task that made it; may be a Simple expression. A request "
                            + "body and the header CamelSoraVideoId come first.")
    private String videoId;

    @UriParam(
            label = "producer",
            description =
                    "What to change in the video; may be a Simple expression. A request body and the header CamelSoraPrompt "
                            + "come first; without any of them a text body is the prompt, word for word.")
    private String prompt;

    @UriParam(
            label = "producer",
            defaultValue = "sora-2",
            description =
                    "The model that makes the remix; may be a Simple expression. A model that this component does not know is "
                            + "sent unchecked.")
    private String model = "sora-2";

    @UriParam(
            label = "producer",
            description =
                    "The length of the remix in whole seconds, written 15 or 15s; may be a Simple expression. Which lengths "
                            + "are allowed depends on the model. Not sent when absent, so that the service decides.")
    private String duration;

    @UriParam(
            label = "producer",
            description =
                    "The shape of the remix: 16:9, 9:16 or 1:1; may be a Simple expression. Not sent when absent, so that the "
                            + "service decides.")
    private String aspectRatio;

    @UriParam(
            label = "producer",
            description =
                    "The key that a remix is paid under, as a Simple expression, say ${header.JMSMessageID}: what is "
                            + "submitted again under the same key is not paid again. The header CamelSoraRequestKey comes "
                            + "first; without both, each submit has a new key.")
    private String requestKey;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether a submit without a key of the user (header CamelSoraRequestKey or option requestKey) is "
                            + "refused. Turn it on where messages can come again from outside, as from JMS or from files.")
    private boolean requireRequestKey = false;

    @UriParam(
            label = "producer",
            description = "The id of the task that status, await and download ask for. A VideoTask body and the header "
                    + "CamelSoraTaskId come first.")
    private String taskId;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether a request is checked against what the vendor documents for its model before anything is "
                            + "sent. Turn it off when the vendor allows more than this component knows.")
    private boolean validateRequest = true;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether the exchange waits until the task has ended. When false it goes on as soon as the task "
                            + "is accepted, with its id.")
    private boolean waitForCompletion = true;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether the key of a task travels to the service as client_business_id. Turn it off only if the "
                            + "service refuses that field.")
    private boolean sendRequestKey = true;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            description = "How many credits must be left for a submit to be sent; 0 for any. The balance is asked for "
                    + "before, at most once in balanceCacheTime.")
    private long minimumCredits;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "1m",
            description = "How long an answer on the balance is believed by minimumCredits.")
    private long balanceCacheTime = 60_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description = "How long a submit may be tried, from the call to its acceptance, while it is certain that "
                    + "nothing was sent.")
    private long submitTimeout = 900_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "2m",
            description =
                    "How long an exchange waits while a submit whose answer was lost is looked for by its key. It is "
                            + "looked for on when the wait is over.")
    private long recoveryTimeout = 120_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "10m",
            description =
                    "How long an exchange waits for the end of a task, from its acceptance. The task goes on when the "
                            + "wait is over. The default is where the vendor advises to give up.")
    private long completionTimeout = 600_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description =
                    "How long a task is asked for in all, from its acceptance, before it is set aside. The default is "
                            + "how long the service keeps a result.")
    private long trackingTimeout = 86_400_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "6h",
            description =
                    "How long an exchange may take to complete after it was handed the result of a task, or the failure of its"
                            + " wait. Then it is taken for lost, say in a seda queue that discards messages: a warning is logged,"
                            + " and sora:tasks delivers the task. One that a sora:tasks route had in its hands is delivered"
                            + " again, as after a failure. It must be longer than your slowest route. 0 waits for ever.")
    private long claimTimeout = 21_600_000;

    @UriParam(
            label = "producer",
            defaultValue = "learned",
            enums = "learned,fixed",
            description =
                    "When a task is asked for: learned, when it is likely to have ended by how long the last tasks of the same "
                            + "model and length took, which finds an end as soon as fixed does with fewer questions; or fixed, "
                            + "after pollInitialDelay and then every pollInterval, as the vendor advises, and as learned does "
                            + "while it knows little.")
    private String pollSchedule = "learned";

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "5s",
            description =
                    "How long after its acceptance a task is first asked for by the fixed pollSchedule, and by the learned "
                            + "one while it knows little. The default is the vendor's advice.")
    private long pollInitialDelay = 5_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description =
                    "How long from one question for a task to the next by the fixed pollSchedule; up to a tenth is added at "
                            + "random. The learned one does so while it knows little, and later finds ends as soon as that would. "
                            + "The default is the vendor's advice.")
    private long pollInterval = 10_000;

    @UriParam(
            label = "producer",
            description = "The directory that download stores videos in, as a Simple expression; it is made when it is "
                    + "missing. Without it the body becomes a stream of the video, over a temporary file that is gone when "
                    + "the exchange is done.")
    private String directory;

    @UriParam(
            label = "producer",
            description =
                    "The name of the file below directory, as a Simple expression; it cannot leave the directory. "
                            + "Without it the file is named after the task.")
    private String fileName;

    @UriParam(
            label = "common",
            description =
                    "The tag of a task: a submit sticks it on its task (the header CamelSoraTag comes first), and sora:tasks takes "
                            + "only tasks that have it. On a submit it may be a Simple expression. Without a tag sora:tasks takes any.")
    private String tag;

    @UriParam(
            label = "producer",
            description = "Names of headers that are kept with the task and given back by sora:tasks, comma "
                    + "separated; a name may end with an asterisk. Headers that begin with Camel are never kept. Values "
                    + "are text, numbers, booleans, and lists and maps of them.")
    private String carryHeaders;

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description = "How many tasks one poll hands out at most; 0 for as many as there are.")
    private int maxMessagesPerPoll = 100;

    @UriParam(label = "consumer", defaultValue = "4", description = "How many tasks are in the route at once.")
    private int concurrentConsumers = 4;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description = "Whether a task that has no video comes as an exception (TaskFailedException, "
                    + "ResultExpiredException, SubmissionUnknownException), which goes to onException and the "
                    + "error handler of the route. When false it comes as a message, told by CamelSoraStatus.")
    private boolean throwOnFailed = false;

    @UriParam(
            label = "consumer",
            defaultValue = "5",
            description = "How often a task is delivered again when the route has failed with it. Then it is set "
                    + "aside until an operator releases it.")
    private int maximumRedeliveries = 5;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long until a task is delivered again when the route has failed with it; it doubles "
                    + "with each time, up to an hour.")
    private long redeliveryDelay = 30_000;

    @UriParam(
            label = "producer",
            description = "Where the service shall tell of the end of a task, as an address that it can reach, say"
                    + " https://example.com/hooks/sora. It must have the same origin as the address in the vendor's console,"
                    + " which is used when this is absent. from(\"sora:webhook\") receives there.")
    private String callbackUrl;

    @UriParam(
            label = "consumer",
            description = "The path that sora:webhook receives the vendor's events at, say /hooks/sora.")
    private String webhookPath;

    @UriParam(
            label = "consumer,security",
            secret = true,
            description =
                    "The secret that the vendor's console shows for the token, by which sora:webhook tells its events"
                            + " from forged ones. Several, separated by commas, while one replaces another: each is enough.")
    private String webhookSecret;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1048576",
            description = "How many bytes an event may have; a larger one is answered with 413.")
    private int webhookMaxPayloadSize = 1_048_576;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "The name of the component or bean that serves HTTP for sora:webhook, say jetty. Without it the"
                            + " one of the REST configuration, platform-http, or the only one there is.")
    private String httpServerComponent;

    @UriParam(
            label = "security",
            secret = true,
            description =
                    "The API key. Without it the environment variable TOAPIS_API_KEY is used. It is sent to baseUrl "
                            + "only.")
    private String apiKey;

    @UriParam(
            label = "common",
            defaultValue = "default",
            description =
                    "The name of the account that pays. Tasks and keys are kept by this name, so that another API key "
                            + "of the same account changes nothing.")
    private String account = "default";

    @UriParam(
            label = "common",
            defaultValue = "https://toapis.com",
            description =
                    "Where the service is; a trailing slash or /v1 is taken off. An endpoint that sets its own must "
                            + "set its own apiKey.")
    private String baseUrl = "https://toapis.com";

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "How long to wait for a connection to the service.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description =
                    "How long an answer of the service may take as a whole, to its last byte, and how long to wait for each "
                            + "next part of a download.")
    private long responseTimeout = 30_000;

    @UriParam(
            label = "security",
            description = "How to secure connections to the service; comes before what the http component uses.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "producer",
            description =
                    "On whose behalf submits are (the header CamelSoraTenant comes first); may be a Simple expression. "
                            + "When submits wait for their turn, tenants take turns, however many submits each has.")
    private String tenant;

    @UriParam(
            label = "common",
            defaultValue = "default",
            enums = "default,vip,svip,none",
            description =
                    "The group of the account at the vendor, which says how much it may send: default 5 submits and 50 queries "
                            + "a second, vip 16.7 and 166.7, svip 33.3 and 500, with bursts of nearly ten seconds' worth. With "
                            + "none nothing is held back. It is of the account, so all its endpoints must say the same.")
    private String rateGroup = "default";

    @UriParam(
            label = "advanced",
            description = "How many submits the account may send a second, in place of what rateGroup says.")
    private Double submitsPerSecond;

    @UriParam(
            label = "advanced",
            description =
                    "How many submits the account may send at once after a pause, in place of what rateGroup says. "
                            + "Without it ten seconds' worth of submitsPerSecond.")
    private Long submitBurst;

    @UriParam(
            label = "advanced",
            description = "How many queries the account may send a second, in place of what rateGroup says.")
    private Double queriesPerSecond;

    @UriParam(
            label = "advanced",
            description =
                    "How many queries the account may send at once after a pause, in place of what rateGroup says. "
                            + "Without it ten seconds' worth of queriesPerSecond.")
    private Long queryBurst;

    /** What the account may send. */
    public RateLimits rates() {
        RateLimits group =
                EnumOption.parse("rateGroup", RateGroup.class, rateGroup).rates();
        return new RateLimits(
                rate(group.submits(), submitsPerSecond, submitBurst),
                rate(group.queries(), queriesPerSecond, queryBurst));
    }

    private static RateLimit rate(RateLimit group, Double perSecond, Long burst) {
        if (perSecond == null) {
            return burst == null ? group : new RateLimit(group.perSecond(), burst);
        }
        return new RateLimit(perSecond, burst == null ? Math.max(1, (long) (perSecond * SECONDS_OF_A_BURST)) : burst);
    }

    @UriParam(
            label = "producer",
            defaultValue = "0",
            description =
                    "Which video of a task download brings, counted from 0, or all: then the body becomes the list of files.")
    private String videoIndex = "0";

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether download brings the image of the last frame instead of the video, if the service gives one.")
    private boolean lastFrame = false;

    @UriParam(
            label = "producer",
            defaultValue = "Override",
            description =
                    "What to do when a file of that name is there already: Override replaces it, Fail fails before anything is "
                            + "downloaded, Ignore takes it for the video, Rename gives the new one a free name such as "
                            + "video-1.mp4.")
    private FileExist fileExist = FileExist.Override;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "30m",
            description =
                    "How long a download may take. What breaks meanwhile is tried again with growing pauses, and goes on "
                            + "where it was; the next download of the same task does, too.")
    private long downloadTimeout = 1_800_000;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether what came and is no whole video is kept beside the name of the file, with .broken behind it. "
                            + "When false it is removed.")
    private boolean keepBroken = false;

    @UriParam(
            label = "security",
            defaultValue = "2147483648",
            description = "How many bytes a video may have, whatever its host announces.")
    private long maxFileSize = 2_147_483_648L;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "1024",
            description =
                    "How many bytes of a download have to come a second, over 30 seconds, before its connection is given up "
                            + "and another one tried; 0 for any.")
    private long minimumBytesPerSecond = 1_024;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether videos may lie on hosts whose address is loopback, private, link-local or reserved. The address "
                            + "that is really connected to counts; behind an HTTP proxy the proxy has to look.")
    private boolean allowPrivateHosts = false;

    @UriParam(
            label = "security",
            description =
                    "The hosts that videos may lie on, comma separated; a name that begins with an asterisk and a dot stands "
                            + "for all hosts below it. Redirects are held to it, too. Without it any host will do.")
    private String allowedHosts;

    @UriParam(
            label = "security",
            defaultValue = "safe",
            enums = "safe,all",
            description =
                    "Which functions the options that are Simple expressions may use: with safe those that read headers, "
                            + "variables, exchange properties, the body and its fields, files, dates and ids, so that an "
                            + "expression that came from outside can run nothing; with all every function, those that call "
                            + "beans and read the environment included.")
    private String allowExpressions = "safe";

    /** Which functions expressions may use. */
    public AllowedFunctions expressions() {
        return AllowedFunctions.parse(allowExpressions);
    }

    /** The hosts that videos may lie on; empty for any. */
    List<String> allowedHostList() {
        return allowedHosts == null
                ? List.of()
                : Arrays.stream(allowedHosts.split(","))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList();
    }

    /** Where the service is, as it is used. */
    public BaseUrl base() {
        return BaseUrl.parse(baseUrl);
    }

    /** The API key that is used; null when there is none. An empty one counts as none. */
    public String effectiveApiKey() {
        String key = apiKey == null || apiKey.isBlank() ? System.getenv("TOAPIS_API_KEY") : apiKey;
        return key == null || key.isBlank() ? null : key.strip();
    }

    /** The secrets that may have signed an event, without empty ones. */
    public List<String> webhookSecrets() {
        return webhookSecret == null
                ? List.of()
                : Arrays.stream(webhookSecret.split(","))
                        .map(String::strip)
                        .filter(secret -> !secret.isEmpty())
                        .toList();
    }

    /** A copy that an endpoint may change. */
    public SoraConfiguration copy() {
        try {
            return (SoraConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * What the endpoint does.
     *
     * @return the operation
     */
    public SoraOperation getOperation() {
        return operation;
    }

    /**
     * What the endpoint does.
     *
     * @param operation the operation
     */
    public void setOperation(SoraOperation operation) {
        this.operation = operation;
    }

    /**
     * The id of the video to remix.
     *
     * @return the value; null when not set
     */
    public String getVideoId() {
        return videoId;
    }

    /**
     * The id of the video to remix.
     *
     * @param videoId the value
     */
    public void setVideoId(String videoId) {
        this.videoId = videoId;
    }

    /**
     * What to change in the video.
     *
     * @return the value; null when not set
     */
    public String getPrompt() {
        return prompt;
    }

    /**
     * What to change in the video.
     *
     * @param prompt the value
     */
    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    /**
     * The model that makes the remix.
     *
     * @return the value
     */
    public String getModel() {
        return model;
    }

    /**
     * The model that makes the remix.
     *
     * @param model the value
     */
    public void setModel(String model) {
        this.model = model;
    }

    /**
     * The length of the remix in whole seconds, written {@code 15} or {@code 15s}.
     *
     * @return the value; null when not set
     */
    public String getDuration() {
        return duration;
    }

    /**
     * The length of the remix in whole seconds, written {@code 15} or {@code 15s}.
     *
     * @param duration the value
     */
    public void setDuration(String duration) {
        this.duration = duration;
    }

    /**
     * The shape of the remix.
     *
     * @return the value; null when not set
     */
    public String getAspectRatio() {
        return aspectRatio;
    }

    /**
     * The shape of the remix.
     *
     * @param aspectRatio the value
     */
    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    /**
     * The key that a remix is paid under, as a Simple expression.
     *
     * @return the value; null when not set
     */
    public String getRequestKey() {
        return requestKey;
    }

    /**
     * The key that a remix is paid under, as a Simple expression.
     *
     * @param requestKey the value
     */
    public void setRequestKey(String requestKey) {
        this.requestKey = requestKey;
    }

    /**
     * Whether a submit without a key of the user is refused.
     *
     * @return true if so
     */
    public boolean isRequireRequestKey() {
        return requireRequestKey;
    }

    /**
     * Whether a submit without a key of the user is refused.
     *
     * @param requireRequestKey true if so
     */
    public void setRequireRequestKey(boolean requireRequestKey) {
        this.requireRequestKey = requireRequestKey;
    }

    /**
     * The id of the task to ask for.
     *
     * @return the value; null when not set
     */
    public String getTaskId() {
        return taskId;
    }

    /**
     * The id of the task to ask for.
     *
     * @param taskId the value
     */
    public void setTaskId(String taskId) {
        this.taskId = taskId;
    }

    /**
     * Whether a request is checked before anything is sent.
     *
     * @return true if so
     */
    public boolean isValidateRequest() {
        return validateRequest;
    }

    /**
     * Whether a request is checked before anything is sent.
     *
     * @param validateRequest true if so
     */
    public void setValidateRequest(boolean validateRequest) {
        this.validateRequest = validateRequest;
    }

    /**
     * Whether the exchange waits until the task has ended.
     *
     * @return true if so
     */
    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    /**
     * Whether the exchange waits until the task has ended.
     *
     * @param waitForCompletion true if so
     */
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }

    /**
     * Whether the key of a task travels to the service.
     *
     * @return true if so
     */
    public boolean isSendRequestKey() {
        return sendRequestKey;
    }

    /**
     * Whether the key of a task travels to the service.
     *
     * @param sendRequestKey true if so
     */
    public void setSendRequestKey(boolean sendRequestKey) {
        this.sendRequestKey = sendRequestKey;
    }

    /**
     * How many credits must be left for a submit.
     *
     * @return the number of credits
     */
    public long getMinimumCredits() {
        return minimumCredits;
    }

    /**
     * How many credits must be left for a submit.
     *
     * @param minimumCredits the number of credits
     */
    public void setMinimumCredits(long minimumCredits) {
        this.minimumCredits = minimumCredits;
    }

    /**
     * How long an answer on the balance is believed.
     *
     * @return milliseconds
     */
    public long getBalanceCacheTime() {
        return balanceCacheTime;
    }

    /**
     * How long an answer on the balance is believed.
     *
     * @param balanceCacheTime milliseconds
     */
    public void setBalanceCacheTime(long balanceCacheTime) {
        this.balanceCacheTime = balanceCacheTime;
    }

    /**
     * How long a submit may be tried.
     *
     * @return milliseconds
     */
    public long getSubmitTimeout() {
        return submitTimeout;
    }

    /**
     * How long a submit may be tried.
     *
     * @param submitTimeout milliseconds
     */
    public void setSubmitTimeout(long submitTimeout) {
        this.submitTimeout = submitTimeout;
    }

    /**
     * How long a lost submit is waited for.
     *
     * @return milliseconds
     */
    public long getRecoveryTimeout() {
        return recoveryTimeout;
    }

    /**
     * How long a lost submit is waited for.
     *
     * @param recoveryTimeout milliseconds
     */
    public void setRecoveryTimeout(long recoveryTimeout) {
        this.recoveryTimeout = recoveryTimeout;
    }

    /**
     * How long an exchange waits for the end of a task.
     *
     * @return milliseconds
     */
    public long getCompletionTimeout() {
        return completionTimeout;
    }

    /**
     * How long an exchange waits for the end of a task.
     *
     * @param completionTimeout milliseconds
     */
    public void setCompletionTimeout(long completionTimeout) {
        this.completionTimeout = completionTimeout;
    }

    /**
     * How long an exchange may take to complete once it was handed a result.
     *
     * @return milliseconds; 0 for ever
     */
    public long getClaimTimeout() {
        return claimTimeout;
    }

    /**
     * How long an exchange may take to complete once it was handed a result.
     *
     * @param claimTimeout milliseconds; 0 for ever
     */
    public void setClaimTimeout(long claimTimeout) {
        this.claimTimeout = claimTimeout;
    }

    /**
     * How long a task is asked for before it is set aside.
     *
     * @return milliseconds
     */
    public long getTrackingTimeout() {
        return trackingTimeout;
    }

    /**
     * How long a task is asked for before it is set aside.
     *
     * @param trackingTimeout milliseconds
     */
    public void setTrackingTimeout(long trackingTimeout) {
        this.trackingTimeout = trackingTimeout;
    }

    /**
     * When a task is asked for.
     *
     * @return learned or fixed
     */
    public String getPollSchedule() {
        return pollSchedule;
    }

    /**
     * When a task is asked for.
     *
     * @param pollSchedule learned or fixed
     */
    public void setPollSchedule(String pollSchedule) {
        this.pollSchedule = pollSchedule;
    }

    /**
     * How long after its acceptance a task is first asked for.
     *
     * @return milliseconds
     */
    public long getPollInitialDelay() {
        return pollInitialDelay;
    }

    /**
     * How long after its acceptance a task is first asked for.
     *
     * @param pollInitialDelay milliseconds
     */
    public void setPollInitialDelay(long pollInitialDelay) {
        this.pollInitialDelay = pollInitialDelay;
    }

    /**
     * How long from one question for a task to the next.
     *
     * @return milliseconds
     */
    public long getPollInterval() {
        return pollInterval;
    }

    /**
     * How long from one question for a task to the next.
     *
     * @param pollInterval milliseconds
     */
    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    /**
     * The directory for downloads, as a Simple expression.
     *
     * @return the value; null when not set
     */
    public String getDirectory() {
        return directory;
    }

    /**
     * The directory for downloads, as a Simple expression.
     *
     * @param directory the value
     */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    /**
     * The name of a downloaded file, as a Simple expression.
     *
     * @return the value; null when not set
     */
    public String getFileName() {
        return fileName;
    }

    /**
     * The name of a downloaded file, as a Simple expression.
     *
     * @param fileName the value
     */
    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    /**
     * The API key.
     *
     * @return the value; null when not set
     */
    public String getApiKey() {
        return apiKey;
    }

    /**
     * The API key.
     *
     * @param apiKey the value
     */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    /**
     * The name of the account that pays.
     *
     * @return the value
     */
    public String getAccount() {
        return account;
    }

    /**
     * The name of the account that pays.
     *
     * @param account the value
     */
    public void setAccount(String account) {
        this.account = account;
    }

    /**
     * Where the service is.
     *
     * @return the value
     */
    public String getBaseUrl() {
        return baseUrl;
    }

    /**
     * Where the service is.
     *
     * @param baseUrl the value
     */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /**
     * How long to wait for a connection.
     *
     * @return milliseconds
     */
    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long to wait for a connection.
     *
     * @param connectTimeout milliseconds
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /**
     * How long an answer may take as a whole.
     *
     * @return milliseconds
     */
    public long getResponseTimeout() {
        return responseTimeout;
    }

    /**
     * How long an answer may take as a whole.
     *
     * @param responseTimeout milliseconds
     */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    /**
     * How to secure connections to the service.
     *
     * @return the parameters; null when not set
     */
    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * How to secure connections to the service.
     *
     * @param sslContextParameters the parameters
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    /**
     * The tag of a task.
     *
     * @return the value; null when not set
     */
    public String getTag() {
        return tag;
    }

    /**
     * The tag of a task.
     *
     * @param tag the value
     */
    public void setTag(String tag) {
        this.tag = tag;
    }

    /**
     * Names of headers that are kept with the task.
     *
     * @return the value; null when not set
     */
    public String getCarryHeaders() {
        return carryHeaders;
    }

    /**
     * Names of headers that are kept with the task.
     *
     * @param carryHeaders the value
     */
    public void setCarryHeaders(String carryHeaders) {
        this.carryHeaders = carryHeaders;
    }

    /**
     * How many tasks one poll hands out at most.
     *
     * @return the value
     */
    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    /**
     * How many tasks one poll hands out at most.
     *
     * @param maxMessagesPerPoll the value
     */
    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    /**
     * How many tasks are in the route at once.
     *
     * @return the value
     */
    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /**
     * How many tasks are in the route at once.
     *
     * @param concurrentConsumers the value
     */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    /**
     * Whether a task without a video comes as an exception.
     *
     * @return the value
     */
    public boolean isThrowOnFailed() {
        return throwOnFailed;
    }

    /**
     * Whether a task without a video comes as an exception.
     *
     * @param throwOnFailed the value
     */
    public void setThrowOnFailed(boolean throwOnFailed) {
        this.throwOnFailed = throwOnFailed;
    }

    /**
     * How often a task is delivered again when the route has failed with it.
     *
     * @return the value
     */
    public int getMaximumRedeliveries() {
        return maximumRedeliveries;
    }

    /**
     * How often a task is delivered again when the route has failed with it.
     *
     * @param maximumRedeliveries the value
     */
    public void setMaximumRedeliveries(int maximumRedeliveries) {
        this.maximumRedeliveries = maximumRedeliveries;
    }

    /**
     * How long until a task is delivered again when the route has failed with it, in milliseconds.
     *
     * @return the value
     */
    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    /**
     * How long until a task is delivered again when the route has failed with it, in milliseconds.
     *
     * @param redeliveryDelay the value
     */
    public void setRedeliveryDelay(long redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    /**
     * Where the service shall tell of the end of a task.
     *
     * @return the address; null when not set
     */
    public String getCallbackUrl() {
        return callbackUrl;
    }

    /**
     * Where the service shall tell of the end of a task.
     *
     * @param callbackUrl the address
     */
    public void setCallbackUrl(String callbackUrl) {
        this.callbackUrl = callbackUrl;
    }

    /**
     * Where events arrive.
     *
     * @return the path; null when not set
     */
    public String getWebhookPath() {
        return webhookPath;
    }

    /**
     * Where events arrive.
     *
     * @param webhookPath the path
     */
    public void setWebhookPath(String webhookPath) {
        this.webhookPath = webhookPath;
    }

    /**
     * What the vendor signs events with.
     *
     * @return one secret, or several separated by commas; null when not set
     */
    public String getWebhookSecret() {
        return webhookSecret;
    }

    /**
     * What the vendor signs events with.
     *
     * @param webhookSecret one secret, or several separated by commas
     */
    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    /**
     * How large an event may be.
     *
     * @return a number of bytes
     */
    public int getWebhookMaxPayloadSize() {
        return webhookMaxPayloadSize;
    }

    /**
     * How large an event may be.
     *
     * @param webhookMaxPayloadSize a number of bytes
     */
    public void setWebhookMaxPayloadSize(int webhookMaxPayloadSize) {
        this.webhookMaxPayloadSize = webhookMaxPayloadSize;
    }

    /**
     * Who serves HTTP.
     *
     * @return the name of a component or bean; null when not set
     */
    public String getHttpServerComponent() {
        return httpServerComponent;
    }

    /**
     * Who serves HTTP.
     *
     * @param httpServerComponent the name of a component or bean
     */
    public void setHttpServerComponent(String httpServerComponent) {
        this.httpServerComponent = httpServerComponent;
    }

    /**
     * On whose behalf submits are.
     *
     * @return the tenant; null for nobody in particular
     */
    public String getTenant() {
        return tenant;
    }

    /**
     * On whose behalf submits are.
     *
     * @param tenant the tenant; null for nobody in particular
     */
    public void setTenant(String tenant) {
        this.tenant = tenant;
    }

    /**
     * The group of the account at the vendor.
     *
     * @return default, vip, svip or none
     */
    public String getRateGroup() {
        return rateGroup;
    }

    /**
     * The group of the account at the vendor.
     *
     * @param rateGroup default, vip, svip or none
     */
    public void setRateGroup(String rateGroup) {
        this.rateGroup = rateGroup;
    }

    /**
     * How many submits the account may send a second.
     *
     * @return the number; null for what rateGroup says
     */
    public Double getSubmitsPerSecond() {
        return submitsPerSecond;
    }

    /**
     * How many submits the account may send a second.
     *
     * @param submitsPerSecond the number; null for what rateGroup says
     */
    public void setSubmitsPerSecond(Double submitsPerSecond) {
        this.submitsPerSecond = submitsPerSecond;
    }

    /**
     * How many submits the account may send at once after a pause.
     *
     * @return the number; null for what follows from the rate
     */
    public Long getSubmitBurst() {
        return submitBurst;
    }

    /**
     * How many submits the account may send at once after a pause.
     *
     * @param submitBurst the number; null for what follows from the rate
     */
    public void setSubmitBurst(Long submitBurst) {
        this.submitBurst = submitBurst;
    }

    /**
     * How many queries the account may send a second.
     *
     * @return the number; null for what rateGroup says
     */
    public Double getQueriesPerSecond() {
        return queriesPerSecond;
    }

    /**
     * How many queries the account may send a second.
     *
     * @param queriesPerSecond the number; null for what rateGroup says
     */
    public void setQueriesPerSecond(Double queriesPerSecond) {
        this.queriesPerSecond = queriesPerSecond;
    }

    /**
     * How many queries the account may send at once after a pause.
     *
     * @return the number; null for what follows from the rate
     */
    public Long getQueryBurst() {
        return queryBurst;
    }

    /**
     * How many queries the account may send at once after a pause.
     *
     * @param queryBurst the number; null for what follows from the rate
     */
    public void setQueryBurst(Long queryBurst) {
        this.queryBurst = queryBurst;
    }

    /**
     * Which video of a task download brings.
     *
     * @return a number from 0, or all
     */
    public String getVideoIndex() {
        return videoIndex;
    }

    /**
     * Which video of a task download brings.
     *
     * @param videoIndex a number from 0, or all
     */
    public void setVideoIndex(String videoIndex) {
        this.videoIndex = videoIndex;
    }

    /**
     * Whether download brings the image of the last frame instead of the video.
     *
     * @return true if so
     */
    public boolean isLastFrame() {
        return lastFrame;
    }

    /**
     * Whether download brings the image of the last frame instead of the video.
     *
     * @param lastFrame true if so
     */
    public void setLastFrame(boolean lastFrame) {
        this.lastFrame = lastFrame;
    }

    /**
     * What to do when a file of that name is there already.
     *
     * @return the value
     */
    public FileExist getFileExist() {
        return fileExist;
    }

    /**
     * What to do when a file of that name is there already.
     *
     * @param fileExist the value
     */
    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    /**
     * How long a download may take, with its retries.
     *
     * @return the time, in milliseconds
     */
    public long getDownloadTimeout() {
        return downloadTimeout;
    }

    /**
     * How long a download may take, with its retries.
     *
     * @param downloadTimeout the time, in milliseconds
     */
    public void setDownloadTimeout(long downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
    }

    /**
     * Whether what came and is no whole video is kept.
     *
     * @return true if so
     */
    public boolean isKeepBroken() {
        return keepBroken;
    }

    /**
     * Whether what came and is no whole video is kept.
     *
     * @param keepBroken true if so
     */
    public void setKeepBroken(boolean keepBroken) {
        this.keepBroken = keepBroken;
    }

    /**
     * How many bytes a video may have.
     *
     * @return the value
     */
    public long getMaxFileSize() {
        return maxFileSize;
    }

    /**
     * How many bytes a video may have.
     *
     * @param maxFileSize the value
     */
    public void setMaxFileSize(long maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    /**
     * How many bytes of a download have to come a second.
     *
     * @return the value
     */
    public long getMinimumBytesPerSecond() {
        return minimumBytesPerSecond;
    }

    /**
     * How many bytes of a download have to come a second.
     *
     * @param minimumBytesPerSecond the value
     */
    public void setMinimumBytesPerSecond(long minimumBytesPerSecond) {
        this.minimumBytesPerSecond = minimumBytesPerSecond;
    }

    /**
     * Whether videos may lie on hosts with a private address.
     *
     * @return true if so
     */
    public boolean isAllowPrivateHosts() {
        return allowPrivateHosts;
    }

    /**
     * Whether videos may lie on hosts with a private address.
     *
     * @param allowPrivateHosts true if so
     */
    public void setAllowPrivateHosts(boolean allowPrivateHosts) {
        this.allowPrivateHosts = allowPrivateHosts;
    }

    /**
     * The hosts that videos may lie on.
     *
     * @return the value; null for any
     */
    public String getAllowedHosts() {
        return allowedHosts;
    }

    /**
     * The hosts that videos may lie on.
     *
     * @param allowedHosts the value; null for any
     */
    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = allowedHosts;
    }

    /**
     * Which functions expressions may use.
     *
     * @return the value
     */
    public String getAllowExpressions() {
        return allowExpressions;
    }

    /**
     * Which functions expressions may use.
     *
     * @param allowExpressions the value
     */
    public void setAllowExpressions(String allowExpressions) {
        this.allowExpressions = allowExpressions;
    }
}
