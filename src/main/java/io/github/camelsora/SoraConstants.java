package io.github.camelsora;

import org.apache.camel.spi.Metadata;

/**
 * The names of the message headers. All begin with {@code CamelSora}, which HTTP consumers do not let in from outside.
 */
public final class SoraConstants {

    /** The video to remix. */
    @Metadata(
            label = "producer",
            description = "The id of the video to remix. Taken off when the remix has succeeded.",
            javaType = "String")
    public static final String VIDEO_ID = "CamelSoraVideoId";

    /** What to change. */
    @Metadata(
            label = "producer",
            description = "What to change in the video. Taken off when the remix has succeeded.",
            javaType = "String")
    public static final String PROMPT = "CamelSoraPrompt";

    /** The model. */
    @Metadata(
            label = "producer",
            description = "The model that makes the remix. Taken off when the remix has succeeded.",
            javaType = "String")
    public static final String MODEL = "CamelSoraModel";

    /** The length. */
    @Metadata(
            label = "producer",
            description = "The length of the remix in whole seconds, written 15 or 15s. Taken off when the remix has"
                    + " succeeded.",
            javaType = "String")
    public static final String DURATION = "CamelSoraDuration";

    /** The shape. */
    @Metadata(
            label = "producer",
            description = "The shape of the remix, say 16:9. Taken off when the remix has succeeded.",
            javaType = "String")
    public static final String ASPECT_RATIO = "CamelSoraAspectRatio";

    /** The key to pay under. */
    @Metadata(
            label = "producer",
            description =
                    "The key that the remix is paid under: the same key is not paid twice. Taken off when the remix"
                            + " has succeeded.",
            javaType = "String")
    public static final String REQUEST_KEY = "CamelSoraRequestKey";

    /** The tag to find a task by. */
    @Metadata(
            label = "producer",
            description = "The tag that is stuck on the task, by which sora:tasks takes it. Taken off when"
                    + " the remix has succeeded.",
            javaType = "String")
    public static final String TAG = "CamelSoraTag";

    /** On whose behalf a submit is. */
    @Metadata(
            label = "producer",
            description =
                    "On whose behalf the remix is: when submits wait for their turn, tenants take turns. Taken off"
                            + " when the remix has succeeded.",
            javaType = "String")
    public static final String TENANT = "CamelSoraTenant";

    /** The task. */
    @Metadata(
            label = "common",
            description = "The id of a task. Read by status, await and download; written wherever a task is known.",
            javaType = "String")
    public static final String TASK_ID = "CamelSoraTaskId";

    /** Our key of the task. */
    @Metadata(
            label = "common",
            description =
                    "The key of the task in the ledger. A route that must not do a thing twice deduplicates by it.",
            javaType = "String")
    public static final String TASK_KEY = "CamelSoraTaskKey";

    /** The key that the request carried. */
    @Metadata(
            label = "common",
            description = "The key that the request carried to the service as client_business_id, by which the vendor's"
                    + " console finds the task: the key of the task, and ten characters of this submit.",
            javaType = "String")
    public static final String WIRE_KEY = "CamelSoraWireKey";

    /** Where the task stands. */
    @Metadata(
            label = "common",
            description = "Where the task stands.",
            javaType = "String",
            enums = "QUEUED,IN_PROGRESS,COMPLETED,FAILED,EXPIRED,UNKNOWN")
    public static final String STATUS = "CamelSoraStatus";

    /** How far the task is. */
    @Metadata(label = "common", description = "How far the task is, from 0 to 100.", javaType = "Integer")
    public static final String PROGRESS = "CamelSoraProgress";

    /** Where the video is. */
    @Metadata(
            label = "common",
            description = "The signed address of the first video. Whoever has it can download the video.",
            javaType = "String")
    public static final String VIDEO_URL = "CamelSoraVideoUrl";

    /** How long the video can be downloaded. */
    @Metadata(label = "common", description = "Until when the video can be downloaded.", javaType = "java.time.Instant")
    public static final String EXPIRES_AT = "CamelSoraExpiresAt";

    /** Why the task failed, in a word. */
    @Metadata(label = "common", description = "The service's word for why the task failed.", javaType = "String")
    public static final String ERROR_CODE = "CamelSoraErrorCode";

    /** Why the task failed, in a sentence. */
    @Metadata(label = "common", description = "The service's sentence on why the task failed.", javaType = "String")
    public static final String ERROR_MESSAGE = "CamelSoraErrorMessage";

    /** The id of an event. */
    @Metadata(
            label = "consumer",
            description =
                    "The id of the vendor's event, in a notice of sora:webhook. The vendor may send an event more than"
                            + " once, always with the same id.",
            javaType = "String")
    public static final String EVENT_ID = "CamelSoraEventId";

    /** The type of an event. */
    @Metadata(
            label = "consumer",
            description = "The type of the vendor's event, in a notice of sora:webhook: generation.completed,"
                    + " generation.failed or endpoint.test.",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelSoraEventType";

    /** The name of a downloaded file. */
    @Metadata(
            label = "producer",
            description = "The name of the downloaded file, relative to the directory.",
            javaType = "String")
    public static final String FILE_NAME = "CamelFileName";

    /** The length of a downloaded file. */
    @Metadata(label = "producer", description = "The length of the downloaded file in bytes.", javaType = "Long")
    public static final String FILE_LENGTH = "CamelFileLength";

    /** The type of a downloaded file. */
    @Metadata(
            label = "producer",
            description = "The media type of the downloaded file, say video/mp4.",
            javaType = "String")
    public static final String CONTENT_TYPE = "Content-Type";

    /** The checksum of a downloaded file. */
    @Metadata(
            label = "producer",
            description = "The SHA-256 of the downloaded file, as 64 lower-case hexadecimal digits.",
            javaType = "String")
    public static final String SHA256 = "CamelSoraSha256";

    private SoraConstants() {}
}
