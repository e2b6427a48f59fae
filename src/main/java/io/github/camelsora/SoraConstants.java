package io.github.camelsora;

import org.apache.camel.spi.Metadata;

/**
 * The names of the message headers, each described by its annotation, for the documentation and for editors. All but those of
 * Camel's own begin with {@code CamelSora}, which HTTP consumers do not let in from outside.
 */
public final class SoraConstants {

    // Read by sora:ledger

    @Metadata(
            label = "producer",
            description = "What sora:ledger does, if the option action is not set. Removed after success.",
            javaType = "String")
    public static final String ACTION = "CamelSoraAction";

    @Metadata(
            label = "producer",
            description =
                    "Who gives the command to sora:ledger, if the option actor is not set. Removed after success.",
            javaType = "String")
    public static final String ACTOR = "CamelSoraActor";

    @Metadata(
            label = "producer",
            description = "Why the command is given; the history of the ledger has it. Removed after success.",
            javaType = "String")
    public static final String REASON = "CamelSoraReason";

    @Metadata(
            label = "producer",
            description = "The account that a command to sora:ledger is about. Without it, the one that has the key.",
            javaType = "String")
    public static final String ACCOUNT = "CamelSoraAccount";

    @Metadata(
            label = "producer",
            description = "Which records sora:ledger is about, if the option filter is not set, as in state:unknown "
                    + "older:1h. Removed after success.",
            javaType = "String")
    public static final String FILTER = "CamelSoraFilter";

    @Metadata(
            label = "producer",
            description = "The token of a preview: sora:ledger acts on exactly the previewed records. Removed after "
                    + "success.",
            javaType = "String")
    public static final String TOKEN = "CamelSoraToken";

    @Metadata(
            label = "producer",
            description = "How many records come before the page that sora:ledger lists. Removed after success.",
            javaType = "Integer")
    public static final String OFFSET = "CamelSoraOffset";

    @Metadata(
            label = "producer",
            description = "The most records that sora:ledger lists. Removed after success.",
            javaType = "Integer")
    public static final String LIMIT = "CamelSoraLimit";

    @Metadata(
            label = "producer",
            description = "What sora:ledger sorts records by: created, ended, expires, price; a minus in front "
                    + "begins with the largest. Removed after success.",
            javaType = "String")
    public static final String SORT = "CamelSoraSort";

    // Read by submits

    @Metadata(
            label = "producer",
            description = "The id of the video to remix. Removed after success.",
            javaType = "String")
    public static final String VIDEO_ID = "CamelSoraVideoId";

    @Metadata(
            label = "producer",
            description = "The text that says what to change in the video, or what a new video shows. Removed after "
                    + "success.",
            javaType = "String")
    public static final String PROMPT = "CamelSoraPrompt";

    @Metadata(
            label = "producer",
            description = "The model that makes the video. Removed after success.",
            javaType = "String")
    public static final String MODEL = "CamelSoraModel";

    @Metadata(
            label = "producer",
            description = "The length of the video in whole seconds, written 15 or 15s. Removed after success.",
            javaType = "String")
    public static final String DURATION = "CamelSoraDuration";

    @Metadata(
            label = "producer",
            description = "The shape of the video, for example 16:9. Removed after success.",
            javaType = "String")
    public static final String ASPECT_RATIO = "CamelSoraAspectRatio";

    @Metadata(
            label = "producer",
            description = "The key that the submit is paid under (idempotency key). The same key is not paid twice. "
                    + "Removed after success.",
            javaType = "String")
    public static final String REQUEST_KEY = "CamelSoraRequestKey";

    @Metadata(
            label = "producer",
            description = "The tag of the task. sora:tasks selects tasks by it. Removed after success.",
            javaType = "String")
    public static final String TAG = "CamelSoraTag";

    @Metadata(
            label = "producer",
            description =
                    "The tenant of the submit. While submits wait for the rate limiter, tenants take turns. Removed "
                            + "after success.",
            javaType = "String")
    public static final String TENANT = "CamelSoraTenant";

    @Metadata(
            label = "producer",
            description =
                    "The priority of the submit while submits wait for the rate limiter: a whole number from 0 to 9, 9 "
                            + "is first. Removed after success.",
            javaType = "Integer")
    public static final String PRIORITY = "CamelSoraPriority";

    // Written wherever a task is known

    @Metadata(
            label = "common",
            description = "The id of the task. Also read by status, await and download.",
            javaType = "String")
    public static final String TASK_ID = "CamelSoraTaskId";

    @Metadata(
            label = "common",
            description =
                    "The key of the task in the ledger. It is the same each time the task is delivered, so that a "
                            + "route can deduplicate by it.",
            javaType = "String")
    public static final String TASK_KEY = "CamelSoraTaskKey";

    @Metadata(
            label = "common",
            description =
                    "The key that the service received as client_business_id: the key of the task, a tilde and ten "
                            + "characters. The vendor's console finds the task by it.",
            javaType = "String")
    public static final String WIRE_KEY = "CamelSoraWireKey";

    @Metadata(
            label = "common",
            description = "The status of the task.",
            javaType = "String",
            enums = "QUEUED,IN_PROGRESS,COMPLETED,FAILED,EXPIRED,UNKNOWN")
    public static final String STATUS = "CamelSoraStatus";

    @Metadata(label = "common", description = "The progress of the task, from 0 to 100.", javaType = "Integer")
    public static final String PROGRESS = "CamelSoraProgress";

    @Metadata(
            label = "common",
            description =
                    "The time at which the running task is expected to end, by how long similar tasks have taken. Not set "
                            + "for a task that has ended, and while fewer than 8 similar tasks have.",
            javaType = "java.time.Instant")
    public static final String EXPECTED_AT = "CamelSoraExpectedAt";

    @Metadata(
            label = "common",
            description = "The signed address of the first video. It needs no API key, so keep it secret.",
            javaType = "String")
    public static final String VIDEO_URL = "CamelSoraVideoUrl";

    @Metadata(
            label = "common",
            description = "The time until which the video can be downloaded.",
            javaType = "java.time.Instant")
    public static final String EXPIRES_AT = "CamelSoraExpiresAt";

    @Metadata(label = "common", description = "The service's error code of a failed task.", javaType = "String")
    public static final String ERROR_CODE = "CamelSoraErrorCode";

    @Metadata(label = "common", description = "The service's error message of a failed task.", javaType = "String")
    public static final String ERROR_MESSAGE = "CamelSoraErrorMessage";

    @Metadata(
            label = "common",
            description = "The id of the business process that the task belongs to. Also read by submits and by await, "
                    + "where it takes precedence over the option correlationId. It stays on the message, so that the "
                    + "tasks of one route have the same id.",
            javaType = "String")
    public static final String CORRELATION_ID = "CamelSoraCorrelationId";

    @Metadata(
            label = "common",
            description =
                    "The id of the video that the task changes or continues. Not set for a new video without a source.",
            javaType = "String")
    public static final String SOURCE_ID = "CamelSoraSourceId";

    @Metadata(
            label = "common",
            description =
                    "The price of the task in credits, as creditPrices said when it was submitted. Not set when no "
                            + "price is configured.",
            javaType = "java.math.BigDecimal")
    public static final String ESTIMATED_CREDITS = "CamelSoraEstimatedCredits";

    @Metadata(
            label = "common",
            description =
                    "What the service says that it charged for the task, in credits. Not set when no answer says so.",
            javaType = "java.math.BigDecimal")
    public static final String CHARGED_CREDITS = "CamelSoraChargedCredits";

    // Written by webhooks

    @Metadata(
            label = "consumer",
            description =
                    "The id of the vendor's event that sora:webhook received. An event that the vendor sends again "
                            + "has the same id.",
            javaType = "String")
    public static final String EVENT_ID = "CamelSoraEventId";

    @Metadata(
            label = "consumer",
            description = "The type of the vendor's event that sora:webhook received: generation.completed, "
                    + "generation.failed or endpoint.test.",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelSoraEventType";

    // Written by downloads

    @Metadata(
            label = "producer",
            description = "The name of the downloaded file, relative to the directory.",
            javaType = "String")
    public static final String FILE_NAME = "CamelFileName";

    @Metadata(
            label = "producer",
            description =
                    "The absolute path of the downloaded file. Not set without directory and with videoIndex=all.",
            javaType = "String")
    public static final String FILE_NAME_PRODUCED = "CamelFileNameProduced";

    @Metadata(label = "producer", description = "The length of the downloaded file in bytes.", javaType = "Long")
    public static final String FILE_LENGTH = "CamelFileLength";

    @Metadata(
            label = "producer",
            description = "The media type of the downloaded file, for example video/mp4.",
            javaType = "String")
    public static final String CONTENT_TYPE = "Content-Type";

    @Metadata(
            label = "producer",
            description = "The SHA-256 of the downloaded file, as 64 hexadecimal digits in lower case.",
            javaType = "String")
    public static final String SHA256 = "CamelSoraSha256";

    // Written by balance

    @Metadata(
            label = "producer",
            description = "The credits that the account has left. It is -1 on an unlimited account.",
            javaType = "java.math.BigDecimal")
    public static final String REMAINING_CREDITS = "CamelSoraRemainingCredits";

    private SoraConstants() {}
}
