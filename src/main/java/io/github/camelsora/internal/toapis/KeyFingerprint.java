package io.github.camelsora.internal.toapis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells API keys apart in the ledger: a truncated HMAC-SHA256, from which the key cannot be computed. */
final class KeyFingerprint {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] LABEL = "camel-sora account pause".getBytes(UTF_8);
    private static final int BYTES = 8;

    private KeyFingerprint() {}

    /** The fingerprint of a key, as 16 hexadecimal digits. */
    static String of(String apiKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(LABEL, ALGORITHM));
            return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(apiKey.getBytes(UTF_8)), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each Java runtime has " + ALGORITHM, e);
        }
    }
}
