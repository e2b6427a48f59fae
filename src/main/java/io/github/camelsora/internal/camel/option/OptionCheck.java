package io.github.camelsora.internal.camel.option;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.SoraPollSchedule;
import io.github.camelsora.internal.camel.download.DownloadSelection;
import io.github.camelsora.internal.camel.request.RequestBodyParser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Refuses options that cannot work when an endpoint starts, before a message meets them. */
public final class OptionCheck {
    private static final int LONGEST_ACCOUNT = 200;

    private OptionCheck() {}

    public static void check(SoraConfiguration options, SSLContextParameters ssl) {
        if (options.getOperation().needsApiKey() && options.effectiveApiKey() == null) {
            throw new IllegalArgumentException(
                    "There is no API key: set the option apiKey (camel.component.sora.api-key),"
                            + " or the environment variable TOAPIS_API_KEY");
        }
        if (options.getAccount() == null || options.getAccount().isBlank()) {
            throw new IllegalArgumentException("account must have a name, such as default");
        }
        if (options.getAccount().length() > LONGEST_ACCOUNT) {
            throw new IllegalArgumentException("account must have at most " + LONGEST_ACCOUNT + " characters");
        }
        if (ssl != null && !options.base().isSecure()) {
            throw new IllegalArgumentException(
                    "sslContextParameters, own or global, need a baseUrl that begins with https://, not "
                            + options.base());
        }
        if (options.getOperation() == SoraOperation.download) {
            checkDownload(options);
        }
        if (options.getOperation() == SoraOperation.webhook) {
            checkWebhook(options);
        }
        checkCallback(options.getCallbackUrl());
        options.rates();
        SoraPollSchedule.parse(options.getPollSchedule());
        checkExpressions(options);
        checkTime("submitTimeout", options.getSubmitTimeout());
        checkTime("completionTimeout", options.getCompletionTimeout());
        checkTime("recoveryTimeout", options.getRecoveryTimeout());
        checkTime("trackingTimeout", options.getTrackingTimeout());
        checkTime("pollInterval", options.getPollInterval());
        checkTime("connectTimeout", options.getConnectTimeout());
        checkTime("responseTimeout", options.getResponseTimeout());
        checkTime("downloadTimeout", options.getDownloadTimeout());
        if (options.getMaxFileSize() < 1 || options.getMinimumBytesPerSecond() < 0) {
            throw new IllegalArgumentException(
                    "maxFileSize must be at least 1, and minimumBytesPerSecond must not be negative");
        }
        if (options.getConcurrentConsumers() < 1) {
            throw new IllegalArgumentException("concurrentConsumers must be at least 1");
        }
        if (options.getMaximumRedeliveries() < 0 || options.getRedeliveryDelay() < 0) {
            throw new IllegalArgumentException("maximumRedeliveries and redeliveryDelay must not be negative");
        }
        if (options.getBalanceCacheTime() < 0) {
            throw new IllegalArgumentException("balanceCacheTime must not be negative; 0 asks before each submit");
        }
        if (options.getPollInitialDelay() < 0) {
            throw new IllegalArgumentException("pollInitialDelay must not be negative");
        }
        if (options.getClaimTimeout() < 0) {
            throw new IllegalArgumentException("claimTimeout must not be negative; 0 waits for ever");
        }
    }

    private static void checkExpressions(SoraConfiguration options) {
        AllowedFunctions allowed = options.expressions();
        expressions(options).forEach(allowed::check);
        if (!AllowedFunctions.isExpression(options.getDuration())) {
            RequestBodyParser.seconds("duration", options.getDuration());
        }
        if (options.getOperation().isConsumer() && AllowedFunctions.isExpression(options.getTag())) {
            throw new IllegalArgumentException("tag must be a name in sora:" + options.getOperation()
                    + ", not an expression: there is no message yet to evaluate it for");
        }
        plainOptions(options).forEach((name, text) -> {
            if (AllowedFunctions.isExpression(text)) {
                throw new IllegalArgumentException(
                        name + " is not an expression; use toD, or a header where there is one");
            }
        });
    }

    /** The options that may be Simple expressions, by name. */
    static Map<String, String> expressions(SoraConfiguration options) {
        Map<String, String> expressions = new LinkedHashMap<>();
        expressions.put("requestKey", options.getRequestKey());
        expressions.put("prompt", options.getPrompt());
        expressions.put("videoId", options.getVideoId());
        expressions.put("model", options.getModel());
        expressions.put("duration", options.getDuration());
        expressions.put("aspectRatio", options.getAspectRatio());
        expressions.put("tag", options.getTag());
        expressions.put("tenant", options.getTenant());
        expressions.put("directory", options.getDirectory());
        expressions.put("fileName", options.getFileName());
        return expressions;
    }

    private static Map<String, String> plainOptions(SoraConfiguration options) {
        Map<String, String> plain = new LinkedHashMap<>();
        plain.put("account", options.getAccount());
        plain.put("taskId", options.getTaskId());
        plain.put("carryHeaders", options.getCarryHeaders());
        plain.put("callbackUrl", options.getCallbackUrl());
        return plain;
    }

    private static void checkDownload(SoraConfiguration options) {
        boolean isAll = DownloadSelection.of(options).isAll();
        if (options.getDirectory() != null && options.getDirectory().isBlank()) {
            throw new IllegalArgumentException(
                    "directory must not be empty; without it sora:download gives the video as a stream");
        }
        if (isAll && options.getDirectory() == null) {
            throw new IllegalArgumentException("videoIndex=all needs the option directory: where to store the videos");
        }
    }

    private static void checkWebhook(SoraConfiguration options) {
        if (isBlank(options.getWebhookPath())) {
            throw new IllegalArgumentException(
                    "sora:webhook needs the option webhookPath: where the vendor's events arrive, say /hooks/sora");
        }
        if (options.webhookSecrets().isEmpty()) {
            throw new IllegalArgumentException(
                    "sora:webhook needs the option webhookSecret, the secret that the vendor's"
                            + " console shows for the token: without it an event cannot be told from a forged one");
        }
        if (options.getWebhookMaxPayloadSize() < 1 || options.getWebhookMaxPayloadSize() == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "webhookMaxPayloadSize must be a number of bytes between 1 and " + (Integer.MAX_VALUE - 1));
        }
    }

    private static void checkCallback(String callbackUrl) {
        if (callbackUrl != null && !callbackUrl.matches("(?i)https?://[^/?#\\s]+\\S*")) {
            throw new IllegalArgumentException("callbackUrl must be an address that the service can reach, such as"
                    + " https://example.com/hooks/sora");
        }
    }

    public static void checkTime(String name, long millis) {
        if (millis <= 0) {
            throw new IllegalArgumentException(name + " must be longer than 0 ms, not " + millis);
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
