package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.internal.camel.operator.OperatorSettings;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.camel.request.MessageSettings;
import io.github.camelsora.internal.download.DownloadRules;
import io.github.camelsora.internal.runtime.settings.ConnectionSettings;
import io.github.camelsora.internal.runtime.settings.DeliverySettings;
import io.github.camelsora.internal.runtime.settings.DownloadSettings;
import io.github.camelsora.internal.runtime.settings.PollSettings;
import io.github.camelsora.internal.runtime.settings.RateSettings;
import io.github.camelsora.internal.runtime.settings.ServiceSettings;
import io.github.camelsora.internal.runtime.settings.SpendSettings;
import io.github.camelsora.internal.runtime.settings.SubmitSettings;
import io.github.camelsora.internal.runtime.settings.WebhookSettings;
import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.toapis.BaseUrl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options of an endpoint, checked and immutable from its start on. Each group of them rejects by itself what cannot work;
 * what cannot work together is rejected here. Groups are checked in the order of the components.
 *
 * @param operation what the endpoint does
 * @param service how the service is called
 * @param message what is read off each message
 * @param delivery how tasks are handed to routes
 * @param download which files are downloaded, and how
 * @param webhook where events arrive; null unless that is the operation
 * @param operator what {@code sora:ledger} does; null unless that is the operation
 */
public record EndpointSettings(
        SoraOperation operation,
        ServiceSettings service,
        MessageSettings message,
        DeliverySettings delivery,
        DownloadSettings download,
        WebhookSettings webhook,
        OperatorSettings operator) {
    private static final String KEY_VARIABLE = "TOAPIS_API_KEY";

    public EndpointSettings {
        if (operation.needsApiKey() && service.connection().apiKey() == null) {
            throw new IllegalArgumentException("There is no API key: set the option apiKey"
                    + " (camel.component.sora.api-key), or the environment variable " + KEY_VARIABLE);
        }
        AllowedFunctions.checkPlain("account", service.connection().account());
        AllowedFunctions.checkPlain("callbackUrl", service.submit().callbackUrl());
        if (operation.isConsumer() && AllowedFunctions.isExpression(message.text("tag"))) {
            throw new IllegalArgumentException("tag must be a name in sora:" + operation + ", not the expression '"
                    + message.text("tag") + "': there is no message yet to evaluate it for");
        }
        if (operation == SoraOperation.download) {
            checkDirectory(message.text("directory"), download);
        }
    }

    private static void checkDirectory(String directory, DownloadSettings download) {
        if (directory != null && directory.isBlank()) {
            throw new IllegalArgumentException("directory must be a path, not '" + directory
                    + "'; without it sora:download gives the video as a stream");
        }
        if (download.isAll() && directory == null) {
            throw new IllegalArgumentException("videoIndex=all needs the option directory: where to store the videos");
        }
    }

    /**
     * Reads the options of an endpoint.
     *
     * @param ssl the parameters of TLS, of the endpoint or of the context; null for none
     * @throws IllegalArgumentException if a value cannot work; it names the option, the value and what is allowed
     */
    public static EndpointSettings of(SoraConfiguration options, SSLContextParameters ssl) {
        return new EndpointSettings(
                options.getOperation(),
                service(options, ssl),
                MessageSettings.of(options),
                new DeliverySettings(
                        options.getMaxMessagesPerPoll(),
                        options.getConcurrentConsumers(),
                        options.isThrowOnFailed(),
                        options.getMaximumRedeliveries(),
                        millis(options.getRedeliveryDelay()),
                        millis(options.getClaimTimeout())),
                new DownloadSettings(
                        options.getVideoIndex(),
                        options.isLastFrame(),
                        options.getFileExist(),
                        options.isKeepBroken(),
                        millis(options.getDownloadTimeout()),
                        options.getMaxFileSize(),
                        options.getMinimumBytesPerSecond(),
                        list(options.getAllowedHosts())),
                options.getOperation() == SoraOperation.webhook ? webhook(options) : null,
                options.getOperation() == SoraOperation.ledger ? OperatorSettings.of(options) : null);
    }

    /**
     * Reads the options that say how the service is called, which a component needs without an endpoint.
     *
     * @param ssl the parameters of TLS, of the component or of the context; null for none
     */
    public static ServiceSettings service(SoraConfiguration options, SSLContextParameters ssl) {
        return new ServiceSettings(
                new ConnectionSettings(
                        options.getAccount(),
                        BaseUrl.parse(options.getBaseUrl()),
                        apiKey(options),
                        ssl,
                        millis(options.getConnectTimeout()),
                        millis(options.getResponseTimeout()),
                        options.isAllowPrivateHosts()),
                new RateSettings(
                        options.getRateGroup(),
                        options.getSubmitsPerSecond(),
                        options.getSubmitBurst(),
                        options.getQueriesPerSecond(),
                        options.getQueryBurst()),
                new SubmitSettings(
                        options.isValidateRequest(),
                        options.getModelCatalog(),
                        options.getModelCheck(),
                        options.isDryRun(),
                        options.isWaitForCompletion(),
                        options.isRequireRequestKey(),
                        options.isSendRequestKey(),
                        options.getCallbackUrl(),
                        options.getStorePrompt(),
                        options.getMinimumCredits(),
                        millis(options.getBalanceCacheTime()),
                        millis(options.getSubmitTimeout()),
                        millis(options.getRecoveryTimeout()),
                        millis(options.getCompletionTimeout())),
                new SpendSettings(
                        CreditPrices.parse(options.getCreditPrices()),
                        SpendLimits.parse(options.getSpendLimit(), options.getTenantSpendLimit()),
                        options.isReleaseFailed()),
                new PollSettings(
                        options.getPollSchedule(),
                        millis(options.getPollInitialDelay()),
                        millis(options.getPollInterval()),
                        millis(options.getTrackingTimeout())));
    }

    private static WebhookSettings webhook(SoraConfiguration options) {
        return new WebhookSettings(
                options.getWebhookPath(),
                list(options.getWebhookSecret()),
                options.getWebhookMaxPayloadSize(),
                options.getHttpServerComponent());
    }

    /** The key that is used; null when there is none. An empty one counts as none. */
    private static String apiKey(SoraConfiguration options) {
        String own = options.getApiKey();
        String key = own == null || own.isBlank() ? System.getenv(KEY_VARIABLE) : own;
        return key == null || key.isBlank() ? null : key.strip();
    }

    private static List<String> list(String separatedByCommas) {
        return separatedByCommas == null
                ? List.of()
                : Arrays.stream(separatedByCommas.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Under what rules this endpoint downloads files. */
    public DownloadRules downloadRules() {
        return download.rules(!service.connection().baseUrl().isSecure());
    }
}
