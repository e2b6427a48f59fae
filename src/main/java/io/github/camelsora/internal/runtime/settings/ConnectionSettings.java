package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.BaseUrl;
import java.time.Duration;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Which service an endpoint calls, who pays, and how connections are made.
 *
 * @param account the name of the payer
 * @param baseUrl where the service is
 * @param apiKey the key that is sent there, or the name of its source; null for an endpoint that only receives
 * @param ssl parameters of TLS; null for those of the http component
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long an answer may take
 * @param allowPrivateHosts whether files may be on private hosts
 */
public record ConnectionSettings(
        String account,
        BaseUrl baseUrl,
        String apiKey,
        SSLContextParameters ssl,
        Duration connectTimeout,
        Duration responseTimeout,
        boolean allowPrivateHosts) {

    public ConnectionSettings {
        if (account == null || account.isBlank()) {
            throw new IllegalArgumentException("account must be a name such as default, not '" + account + "'");
        }
        if (account.length() > TaskKey.LONGEST_ACCOUNT) {
            throw new IllegalArgumentException("account must have at most " + TaskKey.LONGEST_ACCOUNT
                    + " characters, and '" + account + "' has " + account.length());
        }
        if (ssl != null && !baseUrl.isSecure()) {
            throw new IllegalArgumentException(
                    "sslContextParameters, own or global, need a baseUrl that begins with https://, not " + baseUrl);
        }
        OptionRules.longerThanZero("connectTimeout", connectTimeout);
        OptionRules.endsSomeDay("connectTimeout", connectTimeout);
        OptionRules.longerThanZero("responseTimeout", responseTimeout);
        OptionRules.endsSomeDay("responseTimeout", responseTimeout);
    }

    /** Without the key, which no log may show. */
    @Override
    public String toString() {
        return account + " at " + baseUrl;
    }
}
