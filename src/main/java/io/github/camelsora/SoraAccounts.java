package io.github.camelsora;

import java.util.HashMap;
import java.util.Map;

/**
 * Who pays, and with which key. An account is a name for one payer, so while an endpoint of it is started no other may bring
 * another key: it would pay for what the ledger writes to the first.
 */
final class SoraAccounts {
    private final Map<Payer, Secret> open = new HashMap<>();

    private record Payer(String account, String baseUrl) {}

    private record Secret(String apiKey, int endpoints) {}

    synchronized void open(String account, String baseUrl, String apiKey) {
        Payer payer = new Payer(account, baseUrl);
        Secret known = open.get(payer);
        if (known != null && !known.apiKey().equals(apiKey)) {
            throw new IllegalArgumentException(
                    "Account '" + account + "' is in use with another apiKey. If this key is of"
                            + " another payer, give the endpoint an account of its own (option account); if it replaces the other"
                            + " one, stop the routes that use that first");
        }
        open.put(payer, new Secret(apiKey, known == null ? 1 : known.endpoints() + 1));
    }

    synchronized void close(String account, String baseUrl) {
        Payer payer = new Payer(account, baseUrl);
        Secret known = open.get(payer);
        if (known != null && known.endpoints() > 1) {
            open.put(payer, new Secret(known.apiKey(), known.endpoints() - 1));
        } else {
            open.remove(payer);
        }
    }
}
