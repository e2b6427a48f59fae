package io.github.camelsora.internal.runtime.settings;

import java.util.List;

/**
 * Where the vendor's events arrive, and how they are verified.
 *
 * @param path the path
 * @param secrets the secrets of which one must have signed an event
 * @param maxPayloadSize how many bytes an event may have
 * @param httpServer the name of the component or bean that serves HTTP; null for the one that is there
 */
public record WebhookSettings(String path, List<String> secrets, int maxPayloadSize, String httpServer) {

    public WebhookSettings {
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException(
                    "sora:webhook needs the option webhookPath: where the vendor's events arrive, say /hooks/sora");
        }
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "sora:webhook needs the option webhookSecret, the secret that the vendor's console shows for the"
                            + " token: without it a forged event cannot be recognized");
        }
        if (maxPayloadSize < 1 || maxPayloadSize == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("webhookMaxPayloadSize must be a number of bytes between 1 and "
                    + (Integer.MAX_VALUE - 1) + ", not " + maxPayloadSize);
        }
    }

    /** Without the secrets, which no log may show. */
    @Override
    public String toString() {
        return path;
    }
}
