package io.github.camelsora;

import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.FileExist;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.api.PollScheduleKind;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.api.StorePrompt;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options that the component and its endpoints share; those of an endpoint take precedence. Each option is described at
 * its field, for the documentation and for editors. Times are in milliseconds. A value is checked when an endpoint starts.
 */
@UriParams
public class SoraConfiguration implements Cloneable {

    // What the endpoint does

    @UriPath(description = "What the endpoint does.")
    @Metadata(required = true)
    private SoraOperation operation;

    // The request, and what a message is about

    @UriParam(
            label = "producer",
            description =
                    "The id of the video to remix. It is the id of the task that made the video. A request body and "
                            + "the header CamelSoraVideoId take precedence. May be a Simple expression.")
    private String videoId;

    @UriParam(
            label = "producer",
            description =
                    "The text that says what to change in the video, or what a new video shows. A request body and "
                            + "the header CamelSoraPrompt take precedence. If none of them is set, a text body is the prompt. "
                            + "May be a Simple expression.")
    private String prompt;

    @UriParam(
            label = "producer",
            defaultValue = "sora-2",
            description =
                    "The model that makes the video. A model that is in no catalogue of models (modelCatalog) is not "
                            + "checked. extend has no default. May be a Simple expression.")
    private String model;

    @UriParam(
            label = "producer",
            description =
                    "The length of the video in whole seconds, written 15 or 15s. The model decides which lengths "
                            + "are allowed. If not set, the service decides. May be a Simple expression.")
    private String duration;

    @UriParam(
            label = "producer",
            description = "The shape of the video: 16:9, 9:16 or 1:1. If not set, the service decides. May be a Simple "
                    + "expression.")
    private String aspectRatio;

    @UriParam(
            label = "producer",
            description =
                    "The key that a submit is paid under (idempotency key), for example ${header.JMSMessageID}. A "
                            + "second submit under the same key is not paid again. The header CamelSoraRequestKey takes "
                            + "precedence. Without both, each submit gets a new key. May be a Simple expression.")
    private String requestKey;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Whether a submit is rejected if neither the header CamelSoraRequestKey nor the option "
                    + "requestKey is set. Turn it on if a message can arrive twice, for example from JMS or from "
                    + "files.")
    private boolean requireRequestKey = false;

    @UriParam(
            label = "producer",
            description = "The id of the task that status, await and download work on. A VideoTask body and the header "
                    + "CamelSoraTaskId take precedence.")
    private String taskId;

    @UriParam(
            label = "producer",
            description =
                    "The tenant of a submit. While submits wait for the rate limiter, tenants take turns, however "
                            + "many submits each has. The header CamelSoraTenant takes precedence. May be a Simple expression.")
    private String tenant;

    @UriParam(
            label = "producer",
            defaultValue = "4",
            description =
                    "The priority of a submit while submits wait for the rate limiter: a whole number from 0 to 9. 9 is"
                            + " first, before submits of lower priority of any tenant, which wait as long as higher ones keep "
                            + "coming. The header CamelSoraPriority takes precedence. May be a Simple expression.")
    private String priority = "4";

    @UriParam(
            label = "producer",
            description =
                    "The id of the business process of a task, for example ${header.orderId}; at most 500 characters. It is not a "
                            + "part of what a key stands for. The header CamelSoraCorrelationId takes precedence. Without "
                            + "both, it is the breadcrumb, else the id of the exchange. May be a Simple expression.")
    private String correlationId;

    @UriParam(
            label = "common",
            description = "The label of a task. A submit sets it; the header CamelSoraTag takes precedence. sora:tasks "
                    + "delivers only tasks with this tag. If not set, sora:tasks delivers tasks with any tag or none. "
                    + "For a submit it may be a Simple expression.")
    private String tag;

    @UriParam(
            label = "producer",
            description = "The names of headers to store with the task, separated by commas. A name may end with an "
                    + "asterisk. sora:tasks sets these headers again. Values may be text, numbers, booleans, lists and"
                    + " maps. Headers that begin with Camel are never stored.")
    private String carryHeaders;

    @UriParam(
            label = "security",
            defaultValue = "safe",
            enums = "safe,all",
            description = "The functions that Simple expressions in options may use. safe: functions that read the "
                    + "message, files, dates and ids, so that an expression from outside cannot run code. all: every "
                    + "function, also those that call beans or read the environment.")
    private String allowExpressions = "safe";

    // Submits

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description = "Whether the component checks a request against the vendor's documented limits of the model "
                    + "before it sends the request. Turn it off if the vendor allows more than this component knows.")
    private boolean validateRequest = true;

    @UriParam(
            label = "producer",
            description = "A file or resource, such as file:models.json, with models of your own in JSON. It is laid "
                    + "over the catalogue of this component: what it says of a model counts first. The section on models "
                    + "describes its form.")
    private String modelCatalog;

    @UriParam(
            label = "producer",
            defaultValue = "warn",
            enums = "off,warn,refuse",
            description = "What happens with a model that the account may not use, by the service's own list, which is "
                    + "queried once after the start. warn: one warning names it, with those that may be used. refuse: its "
                    + "submits fail before they are sent. off: the list is not queried.")
    private ModelCheck modelCheck = ModelCheck.WARN;

    @UriParam(
            label = "producer",
            description = "What a video costs in credits, by model, or by model and length in seconds: sora-2=20, "
                    + "sora-2-pro/25=120. A price a second ends with /s: grok-video-1.0=0.8/s. The more exact entry counts. The "
                    + "price is recorded with the task.")
    private String creditPrices;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether the exchange waits for the end of the task. If false, the exchange continues with the "
                            + "id of the task as soon as the service has accepted it.")
    private boolean waitForCompletion = true;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether the component sends the wire key to the service as client_business_id. By this key it "
                            + "finds a submit whose answer was lost. Turn it off only if the service rejects that field.")
    private boolean sendRequestKey = true;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            description = "How many credits the account must have left for a submit. If it has fewer, the submit is "
                    + "rejected before it is sent. With 0 the component does not check the balance.")
    private long minimumCredits;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "1m",
            description = "How long the component keeps a balance for minimumCredits. With 0 each submit queries the "
                    + "balance. With the default most submits need no such query.")
    private long balanceCacheTime = 60_000;

    @UriParam(
            label = "producer",
            description =
                    "The address that the service sends webhooks to, for example https://example.com/hooks/sora. It "
                            + "must have the same origin as the address in the vendor's console. If not set, the service uses "
                            + "the address in the console.")
    private String callbackUrl;

    @UriParam(
            label = "producer",
            defaultValue = "full",
            enums = "full,hash,none",
            description =
                    "What the ledger stores of a prompt. full: the prompt. hash: a digest, which recognises another "
                            + "prompt under the same key. none: nothing, so that requests which differ only in their prompts count as "
                            + "the same. The service is always sent the full prompt. Without it an operator cannot retry a task.")
    private StorePrompt storePrompt = StorePrompt.full;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether a submit only says what it would do. The request is checked and priced, and its key is "
                            + "found in the ledger. Nothing is written, and nothing that is paid is sent. The body becomes a "
                            + "SubmitPlan.")
    private boolean dryRun;

    @UriParam(
            label = "producer",
            description =
                    "How many credits the account may spend in a window of time, for example 2000/1d,40000/30d. A submit that "
                            + "would exceed it is refused before it is sent. Each model needs a price (creditPrices). All "
                            + "endpoints of an account must have the same limits, so set it on the component.")
    private String spendLimit;

    @UriParam(
            label = "producer",
            description =
                    "The same for the submits of each tenant, for example 500/1d. A submit without a tenant counts "
                            + "for the account only.")
    private String tenantSpendLimit;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether the price of a failed task counts no longer for spendLimit and tenantSpendLimit. Turn it "
                            + "on if the vendor refunds failed tasks.")
    private boolean releaseFailed;

    // Timeouts of tasks

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description = "How long a submit may wait for the rate limiter and be retried, from the call to its "
                    + "acceptance. A submit is retried only while it is certain that nothing was paid. The default "
                    + "leaves time for a long queue.")
    private long submitTimeout = 900_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "2m",
            description =
                    "How long an exchange waits while the component searches for a submit whose answer was lost. The"
                            + " search continues afterwards. The default leaves the service time to list what it has accepted.")
    private long recoveryTimeout = 120_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "10m",
            description =
                    "How long an exchange waits for the end of a task, from its acceptance. The task continues after "
                            + "the timeout. The default is the vendor's advice.")
    private long completionTimeout = 600_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description = "How long a task is polled, from its acceptance. Then it is set aside until sora:await or an "
                    + "operator resumes it. The default is the time for which the service keeps a result.")
    private long trackingTimeout = 86_400_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "6h",
            description = "How long an exchange may take to complete after it received a result, or the failure of its "
                    + "wait. Then the exchange counts as lost, and sora:tasks delivers the task. Set it longer than "
                    + "your slowest route takes. 0 is no limit.")
    private long claimTimeout = 21_600_000;

    // Polls

    @UriParam(
            label = "producer",
            defaultValue = "learned",
            enums = "learned,fixed",
            description =
                    "When a running task is polled. learned: when recent tasks of the same model and length suggest "
                            + "that it has ended, which needs fewer polls. fixed: after pollInitialDelay and then every "
                            + "pollInterval, as the vendor advises.")
    private PollScheduleKind pollSchedule = PollScheduleKind.LEARNED;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "5s",
            description =
                    "The time from the acceptance of a task to its first poll. It applies to the fixed pollSchedule,"
                            + " and to the learned one until enough tasks have ended. The default is the vendor's advice.")
    private long pollInitialDelay = 5_000;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description =
                    "The time from one poll of a task to the next, plus up to a tenth at random. It applies to the "
                            + "fixed pollSchedule, and to the learned one until enough tasks have ended. Then the learned one "
                            + "aims at the same mean delay with fewer polls. The default is the vendor's advice.")
    private long pollInterval = 10_000;

    // Rate limits of the account

    @UriParam(
            label = "common",
            defaultValue = "default",
            enums = "default,vip,svip,none",
            description =
                    "The group of the account at the vendor. It limits submits and queries a second: default 5 and "
                            + "50, vip 16.7 and 166.7, svip 33.3 and 500, none without limits. A burst is nearly ten seconds' "
                            + "worth. All endpoints of an account must have the same group.")
    private RateGroup rateGroup = RateGroup.DEFAULT;

    @UriParam(
            label = "advanced",
            description = "How many submits the account may send a second, in place of the limit of rateGroup.")
    private Double submitsPerSecond;

    @UriParam(
            label = "advanced",
            description = "How many submits the account may send at once after a pause, in place of the limit of "
                    + "rateGroup. If only submitsPerSecond is set, the burst is ten seconds' worth of it.")
    private Long submitBurst;

    @UriParam(
            label = "advanced",
            description = "How many queries the account may send a second, in place of the limit of rateGroup.")
    private Double queriesPerSecond;

    @UriParam(
            label = "advanced",
            description = "How many queries the account may send at once after a pause, in place of the limit of "
                    + "rateGroup. If only queriesPerSecond is set, the burst is ten seconds' worth of it.")
    private Long queryBurst;

    // Deliveries to sora:tasks

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description = "How many tasks one poll of the ledger delivers at most. 0 or less is no limit. The default "
                    + "keeps one poll from filling the memory.")
    private int maxMessagesPerPoll = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "4",
            description = "How many exchanges the route processes at the same time.")
    private int concurrentConsumers = 4;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description = "Whether a task without a video fails its exchange, so that onException can handle a "
                    + "TaskFailedException, ResultExpiredException or SubmissionUnknownException. If false, the task "
                    + "arrives as a message, and the header CamelSoraStatus has its status.")
    private boolean throwOnFailed = false;

    @UriParam(
            label = "consumer",
            defaultValue = "5",
            description =
                    "How often a task is delivered again after the route has failed. Then it is set aside until an "
                            + "operator releases it.")
    private int maximumRedeliveries = 5;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "The time from a failure of the route to the next delivery of the task. It doubles with each "
                    + "failure, up to an hour. So a route gets its tasks soon after a short outage, and few of them "
                    + "during a long one.")
    private long redeliveryDelay = 30_000;

    // Downloads

    @UriParam(
            label = "producer",
            description = "The directory for downloaded videos. It is created if it is missing. If not set, the body "
                    + "becomes a stream of the video. The stream reads a temporary file, which is removed when the "
                    + "exchange completes. May be a Simple expression.")
    private String directory;

    @UriParam(
            label = "producer",
            description =
                    "The name of the file, relative to directory. The file cannot be outside directory. If not set, "
                            + "the file is named after the task. May be a Simple expression.")
    private String fileName;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            description =
                    "The video of a task to download: a number counted from 0, or all. With all, the body becomes "
                            + "the list of files. The default is the first video; most tasks have no other.")
    private String videoIndex = "0";

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Whether the image of the last frame is downloaded in place of the video, if the service has "
                    + "one.")
    private boolean lastFrame = false;

    @UriParam(
            label = "producer",
            defaultValue = "Override",
            description = "What happens if the file exists. Override: it is replaced. Fail: the step fails before the "
                    + "download. Ignore: the file is used, and nothing is downloaded. Rename: the new file gets a free"
                    + " name such as video-1.mp4.")
    private FileExist fileExist = FileExist.Override;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "30m",
            description =
                    "How long a download may take, including its retries. A retry, or the next download of the same "
                            + "task, continues where the last one stopped. The default is enough for a host that needs ten "
                            + "minutes until it has the file.")
    private long downloadTimeout = 1_800_000;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether an incomplete or corrupt download is kept as fileName.broken. If false, it is removed.")
    private boolean keepBroken = false;

    @UriParam(
            label = "security",
            defaultValue = "2147483648",
            description =
                    "The largest video to download, in bytes, whatever size its host announces. The default, 2 GiB, "
                            + "protects the disk.")
    private long maxFileSize = 2_147_483_648L;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "1024",
            description =
                    "The slowest rate of a download in bytes a second, measured over 30 seconds. If a connection is "
                            + "slower, the download continues on a new one. 0 accepts any rate.")
    private long minimumBytesPerSecond = 1_024;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether the component downloads from loopback, private, link-local and reserved addresses. It "
                            + "checks the address that it connects to. Behind an HTTP proxy, the proxy must check it. By "
                            + "default no answer can make this JVM read internal hosts.")
    private boolean allowPrivateHosts = false;

    @UriParam(
            label = "security",
            description =
                    "The hosts to download from, separated by commas. A name that begins with an asterisk and a dot "
                            + "stands for all hosts below it. Redirects are checked, too. If not set, any host is allowed.")
    private String allowedHosts;

    // Webhooks

    @UriParam(
            label = "consumer",
            description = "The path at which sora:webhook receives the vendor's events, for example /hooks/sora.")
    private String webhookPath;

    @UriParam(
            label = "consumer,security",
            secret = true,
            description =
                    "The secret by which sora:webhook verifies the signatures of events. The vendor's console shows "
                            + "it beside the token. While a new secret replaces an old one, set both, separated by a comma.")
    private String webhookSecret;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1048576",
            description =
                    "The largest event in bytes. A larger one is answered with 413. The default, 1 MiB, is more than"
                            + " the vendor sends.")
    private int webhookMaxPayloadSize = 1_048_576;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "The name of the component or bean that serves HTTP for sora:webhook, for example jetty. If not "
                            + "set, it is the component of the REST configuration, else platform-http, else the only HTTP "
                            + "server there is.")
    private String httpServerComponent;

    // Account and connections

    @UriParam(
            label = "security",
            secret = true,
            description =
                    "The API key. Or where to read it: file:path, property:name (also a property of a vault) or bean:name"
                            + " (a java.util.function.Supplier), which is read again when the service rejects the key. The"
                            + " component sends the key to baseUrl only. If not set, the environment variable TOAPIS_API_KEY"
                            + " is used.")
    private String apiKey;

    @UriParam(
            label = "common",
            defaultValue = "default",
            description =
                    "The name of the account that pays. The component keeps tasks and keys under this name, so that "
                            + "they stay valid when the account gets another API key.")
    private String account = "default";

    @UriParam(
            label = "common",
            defaultValue = "https://toapis.com",
            description =
                    "The address of the service. A trailing slash or /v1 is removed. An endpoint with a baseUrl of "
                            + "its own needs an apiKey of its own.")
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
                    "How long the service may take to answer, up to the last byte. Also how long a download waits "
                            + "for its next bytes.")
    private long responseTimeout = 30_000;

    @UriParam(
            label = "security",
            description = "The TLS parameters of connections to the service, in place of those of the http component.")
    private SSLContextParameters sslContextParameters;

    /**
     * A copy, say for another component, which can be changed without a change of this one.
     *
     * @return the copy
     */
    public SoraConfiguration copy() {
        try {
            return (SoraConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    // sora:ledger

    @UriParam(
            label = "producer",
            enums =
                    "list,count,get,history,lineage,retry,release,forget,adopt,cancel,setAside,erase,pause,resume,accounts,export",
            description = "What sora:ledger does. If set, the header CamelSoraAction is not read.")
    private LedgerAction action;

    @UriParam(
            label = "producer",
            description =
                    "Who gives the commands to sora:ledger; the history of the ledger names the actor. If set, the header "
                            + "CamelSoraActor is not read.")
    private String actor;

    @UriParam(
            label = "producer",
            description =
                    "Which records sora:ledger is about, as in state:unknown older:1h tag:orders. Words without a colon are "
                            + "searched for in keys and task ids. If set, the header CamelSoraFilter is not read.")
    private String filter;

    @UriParam(
            label = "producer",
            defaultValue = "100",
            description = "The most records that sora:ledger lists or exports at once, up to 1000.")
    private int limit = 100;

    @UriParam(
            label = "producer",
            defaultValue = "-created",
            description =
                    "What sora:ledger sorts records by: created, ended, expires or price. A minus in front begins with the "
                            + "largest.")
    private String sort = "-created";

    @UriParam(
            label = "producer",
            defaultValue = "jsonl",
            enums = "csv,jsonl",
            description = "The format of action=export: CSV, or a JSON object on each line.")
    private ExportFormat format = ExportFormat.jsonl;

    public SoraOperation getOperation() {
        return operation;
    }

    public void setOperation(SoraOperation operation) {
        this.operation = operation;
    }

    public String getVideoId() {
        return videoId;
    }

    public void setVideoId(String videoId) {
        this.videoId = videoId;
    }

    public String getPrompt() {
        return prompt;
    }

    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getDuration() {
        return duration;
    }

    public void setDuration(String duration) {
        this.duration = duration;
    }

    public String getAspectRatio() {
        return aspectRatio;
    }

    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    public String getRequestKey() {
        return requestKey;
    }

    public void setRequestKey(String requestKey) {
        this.requestKey = requestKey;
    }

    public boolean isRequireRequestKey() {
        return requireRequestKey;
    }

    public void setRequireRequestKey(boolean requireRequestKey) {
        this.requireRequestKey = requireRequestKey;
    }

    public String getTaskId() {
        return taskId;
    }

    public void setTaskId(String taskId) {
        this.taskId = taskId;
    }

    public String getTenant() {
        return tenant;
    }

    public void setTenant(String tenant) {
        this.tenant = tenant;
    }

    public String getPriority() {
        return priority;
    }

    public void setPriority(String priority) {
        this.priority = priority;
    }

    public String getCorrelationId() {
        return correlationId;
    }

    public void setCorrelationId(String correlationId) {
        this.correlationId = correlationId;
    }

    public String getTag() {
        return tag;
    }

    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getCarryHeaders() {
        return carryHeaders;
    }

    public void setCarryHeaders(String carryHeaders) {
        this.carryHeaders = carryHeaders;
    }

    public String getAllowExpressions() {
        return allowExpressions;
    }

    public void setAllowExpressions(String allowExpressions) {
        this.allowExpressions = allowExpressions;
    }

    public boolean isValidateRequest() {
        return validateRequest;
    }

    public void setValidateRequest(boolean validateRequest) {
        this.validateRequest = validateRequest;
    }

    public String getModelCatalog() {
        return modelCatalog;
    }

    public void setModelCatalog(String modelCatalog) {
        this.modelCatalog = modelCatalog;
    }

    public ModelCheck getModelCheck() {
        return modelCheck;
    }

    public void setModelCheck(ModelCheck modelCheck) {
        this.modelCheck = modelCheck;
    }

    public String getCreditPrices() {
        return creditPrices;
    }

    public void setCreditPrices(String creditPrices) {
        this.creditPrices = creditPrices;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public String getSpendLimit() {
        return spendLimit;
    }

    public void setSpendLimit(String spendLimit) {
        this.spendLimit = spendLimit;
    }

    public String getTenantSpendLimit() {
        return tenantSpendLimit;
    }

    public void setTenantSpendLimit(String tenantSpendLimit) {
        this.tenantSpendLimit = tenantSpendLimit;
    }

    public StorePrompt getStorePrompt() {
        return storePrompt;
    }

    public void setStorePrompt(StorePrompt storePrompt) {
        this.storePrompt = storePrompt;
    }

    public boolean isReleaseFailed() {
        return releaseFailed;
    }

    public void setReleaseFailed(boolean releaseFailed) {
        this.releaseFailed = releaseFailed;
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }

    public boolean isSendRequestKey() {
        return sendRequestKey;
    }

    public void setSendRequestKey(boolean sendRequestKey) {
        this.sendRequestKey = sendRequestKey;
    }

    public long getMinimumCredits() {
        return minimumCredits;
    }

    public void setMinimumCredits(long minimumCredits) {
        this.minimumCredits = minimumCredits;
    }

    public long getBalanceCacheTime() {
        return balanceCacheTime;
    }

    public void setBalanceCacheTime(long balanceCacheTime) {
        this.balanceCacheTime = balanceCacheTime;
    }

    public String getCallbackUrl() {
        return callbackUrl;
    }

    public void setCallbackUrl(String callbackUrl) {
        this.callbackUrl = callbackUrl;
    }

    public long getSubmitTimeout() {
        return submitTimeout;
    }

    public void setSubmitTimeout(long submitTimeout) {
        this.submitTimeout = submitTimeout;
    }

    public long getRecoveryTimeout() {
        return recoveryTimeout;
    }

    public void setRecoveryTimeout(long recoveryTimeout) {
        this.recoveryTimeout = recoveryTimeout;
    }

    public long getCompletionTimeout() {
        return completionTimeout;
    }

    public void setCompletionTimeout(long completionTimeout) {
        this.completionTimeout = completionTimeout;
    }

    public long getTrackingTimeout() {
        return trackingTimeout;
    }

    public void setTrackingTimeout(long trackingTimeout) {
        this.trackingTimeout = trackingTimeout;
    }

    public long getClaimTimeout() {
        return claimTimeout;
    }

    public void setClaimTimeout(long claimTimeout) {
        this.claimTimeout = claimTimeout;
    }

    public PollScheduleKind getPollSchedule() {
        return pollSchedule;
    }

    public void setPollSchedule(PollScheduleKind pollSchedule) {
        this.pollSchedule = pollSchedule;
    }

    public long getPollInitialDelay() {
        return pollInitialDelay;
    }

    public void setPollInitialDelay(long pollInitialDelay) {
        this.pollInitialDelay = pollInitialDelay;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public RateGroup getRateGroup() {
        return rateGroup;
    }

    public void setRateGroup(RateGroup rateGroup) {
        this.rateGroup = rateGroup;
    }

    public Double getSubmitsPerSecond() {
        return submitsPerSecond;
    }

    public void setSubmitsPerSecond(Double submitsPerSecond) {
        this.submitsPerSecond = submitsPerSecond;
    }

    public Long getSubmitBurst() {
        return submitBurst;
    }

    public void setSubmitBurst(Long submitBurst) {
        this.submitBurst = submitBurst;
    }

    public Double getQueriesPerSecond() {
        return queriesPerSecond;
    }

    public void setQueriesPerSecond(Double queriesPerSecond) {
        this.queriesPerSecond = queriesPerSecond;
    }

    public Long getQueryBurst() {
        return queryBurst;
    }

    public void setQueryBurst(Long queryBurst) {
        this.queryBurst = queryBurst;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public boolean isThrowOnFailed() {
        return throwOnFailed;
    }

    public void setThrowOnFailed(boolean throwOnFailed) {
        this.throwOnFailed = throwOnFailed;
    }

    public int getMaximumRedeliveries() {
        return maximumRedeliveries;
    }

    public void setMaximumRedeliveries(int maximumRedeliveries) {
        this.maximumRedeliveries = maximumRedeliveries;
    }

    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    public void setRedeliveryDelay(long redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public String getVideoIndex() {
        return videoIndex;
    }

    public void setVideoIndex(String videoIndex) {
        this.videoIndex = videoIndex;
    }

    public boolean isLastFrame() {
        return lastFrame;
    }

    public void setLastFrame(boolean lastFrame) {
        this.lastFrame = lastFrame;
    }

    public FileExist getFileExist() {
        return fileExist;
    }

    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    public long getDownloadTimeout() {
        return downloadTimeout;
    }

    public void setDownloadTimeout(long downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
    }

    public boolean isKeepBroken() {
        return keepBroken;
    }

    public void setKeepBroken(boolean keepBroken) {
        this.keepBroken = keepBroken;
    }

    public long getMaxFileSize() {
        return maxFileSize;
    }

    public void setMaxFileSize(long maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    public long getMinimumBytesPerSecond() {
        return minimumBytesPerSecond;
    }

    public void setMinimumBytesPerSecond(long minimumBytesPerSecond) {
        this.minimumBytesPerSecond = minimumBytesPerSecond;
    }

    public boolean isAllowPrivateHosts() {
        return allowPrivateHosts;
    }

    public void setAllowPrivateHosts(boolean allowPrivateHosts) {
        this.allowPrivateHosts = allowPrivateHosts;
    }

    public String getAllowedHosts() {
        return allowedHosts;
    }

    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = allowedHosts;
    }

    public String getWebhookPath() {
        return webhookPath;
    }

    public void setWebhookPath(String webhookPath) {
        this.webhookPath = webhookPath;
    }

    public String getWebhookSecret() {
        return webhookSecret;
    }

    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    public int getWebhookMaxPayloadSize() {
        return webhookMaxPayloadSize;
    }

    public void setWebhookMaxPayloadSize(int webhookMaxPayloadSize) {
        this.webhookMaxPayloadSize = webhookMaxPayloadSize;
    }

    public String getHttpServerComponent() {
        return httpServerComponent;
    }

    public void setHttpServerComponent(String httpServerComponent) {
        this.httpServerComponent = httpServerComponent;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public LedgerAction getAction() {
        return action;
    }

    public void setAction(LedgerAction action) {
        this.action = action;
    }

    public String getActor() {
        return actor;
    }

    public void setActor(String actor) {
        this.actor = actor;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(String filter) {
        this.filter = filter;
    }

    public int getLimit() {
        return limit;
    }

    public void setLimit(int limit) {
        this.limit = limit;
    }

    public String getSort() {
        return sort;
    }

    public void setSort(String sort) {
        this.sort = sort;
    }

    public ExportFormat getFormat() {
        return format;
    }

    public void setFormat(ExportFormat format) {
        this.format = format;
    }
}
