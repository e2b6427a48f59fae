package io.github.camelsora.internal.download;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Creates digests of the one algorithm that is used here. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
