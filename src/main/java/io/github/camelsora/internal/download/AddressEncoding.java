package io.github.camelsora.internal.download;

import java.nio.charset.Charset;
import java.util.HexFormat;

/** Encodes what an address may not hold, byte for byte, and leaves what is encoded already. */
final class AddressEncoding {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private AddressEncoding() {}

    static String path(String path, Charset charset) {
        return encode(path, charset, "\"<>\\^`{|}[]");
    }

    /** With its question mark. */
    static String query(String query, Charset charset) {
        return encode(query, charset, "\"<>\\^`{|}");
    }

    private static String encode(String text, Charset charset, String unsafe) {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = text.getBytes(charset);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean isLonePercent = c == '%' && !isEncoded(bytes, i);
            if (c <= ' ' || c >= 0x7f || unsafe.indexOf(c) >= 0 || isLonePercent) {
                encoded.append('%').append(UPPER.toHexDigits(bytes[i]));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(byte[] bytes, int at) {
        return at + 2 < bytes.length && HexFormat.isHexDigit(bytes[at + 1]) && HexFormat.isHexDigit(bytes[at + 2]);
    }
}
