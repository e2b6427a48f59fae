package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The present configuration. {@link SimulatorBehaviour} documents each setting. */
final class Settings {

    volatile Function<JsonNode, Duration> taskDuration = request -> Duration.ofSeconds(2);
    volatile LookUp lookup = LookUp.ON;
    volatile Envelope envelope = Envelope.GENERATION_TASK;
    volatile boolean openAiVideos;
    volatile IdField idField = IdField.ID;
    volatile String submitStatus;
    volatile ResultUrl resultUrl = ResultUrl.DATA_URL;
    volatile ErrorShape errorShape = ErrorShape.DOCUMENTED;
    volatile String refusedWord = "[refuse]";
    volatile String failingWord = "[fail]";
    volatile int replicaLag;
    volatile List<String> models = ModelsAnswer.shipped();
    volatile long price = 20;
    final Map<String, Long> modelPrices = new ConcurrentHashMap<>();
    final Map<String, EndedModel> endedModels = new ConcurrentHashMap<>();
    volatile String chargedField;
    volatile boolean echo;
    volatile String expiredWord;
    volatile int expiredFileStatus = 404;
    volatile Allowance submitAllowance;
    volatile Allowance queryAllowance;
    volatile RetryAfter retryAfter = RetryAfter.SECONDS;
    volatile RangeSupport ranges = RangeSupport.ON;
    volatile boolean isTagged = true;
    volatile FileEncoding fileEncoding;
    volatile byte[] lastFrame;
    volatile byte[] video = VideoFile.bytes();
    volatile WebhookTarget webhook;
    volatile List<Duration> webhookRetryPlan = WebhookTarget.RETRY_PLAN;
    volatile Duration webhookTimeout = Duration.ofSeconds(10);
    volatile InstantSource webhookTimestamps;

    long priceOf(String model) {
        return modelPrices.getOrDefault(model, price);
    }

    void copyFrom(Settings other) {
        taskDuration = other.taskDuration;
        lookup = other.lookup;
        envelope = other.envelope;
        openAiVideos = other.openAiVideos;
        idField = other.idField;
        submitStatus = other.submitStatus;
        resultUrl = other.resultUrl;
        errorShape = other.errorShape;
        refusedWord = other.refusedWord;
        failingWord = other.failingWord;
        replicaLag = other.replicaLag;
        models = other.models;
        price = other.price;
        modelPrices.clear();
        modelPrices.putAll(other.modelPrices);
        endedModels.clear();
        endedModels.putAll(other.endedModels);
        chargedField = other.chargedField;
        echo = other.echo;
        expiredWord = other.expiredWord;
        expiredFileStatus = other.expiredFileStatus;
        submitAllowance = other.submitAllowance;
        queryAllowance = other.queryAllowance;
        retryAfter = other.retryAfter;
        ranges = other.ranges;
        isTagged = other.isTagged;
        fileEncoding = other.fileEncoding;
        lastFrame = other.lastFrame;
        video = other.video;
        webhook = other.webhook;
        webhookRetryPlan = other.webhookRetryPlan;
        webhookTimeout = other.webhookTimeout;
        webhookTimestamps = other.webhookTimestamps;
    }
}
