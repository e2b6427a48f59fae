package io.github.camelsora.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads HTTP/1.1 requests from a connection, and leaves their paths as they are. */
final class WireReader {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 32 * 1024 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private int headLeft;

    WireReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * The next request, or null if the client has closed the connection after the last one.
     *
     * @throws ProtocolException if the bytes are not HTTP
     */
    WireRequest next() throws IOException {
        headLeft = LONGEST_HEAD;
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("Not a request line: " + line);
        }
        Map<String, List<String>> headers = headers();
        byte[] body = body(headers);
        headers.replaceAll((name, values) -> List.copyOf(values));
        return new WireRequest(words[0], words[1], words[2].equals("HTTP/1.0"), headers, body);
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); ; line = line()) {
            if (line == null) {
                throw new EOFException("The connection was closed inside the head");
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("Not a header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        boolean chunked = headers.containsKey("Transfer-Encoding");
        if (!chunked && !headers.containsKey("Content-Length")) {
            return new byte[0];
        }
        if (headers.containsKey("Expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return chunked ? chunks() : exactly(number(headers.get("Content-Length").get(0), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headLeft = LONGEST_HEAD;
            int size = number(requireLine().split(";", 2)[0].trim(), 16);
            if (size == 0) {
                break;
            }
            if (body.size() + size > LONGEST_BODY) {
                throw new ProtocolException("Body longer than " + LONGEST_BODY);
            }
            body.write(exactly(size));
            requireLine();
        }
        while (!requireLine().isEmpty()) {
            // Trailers are ignored.
        }
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("Cut inside the body");
        }
        return bytes;
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            int number = Integer.parseUnsignedInt(text, radix);
            if (number >= 0 && number <= LONGEST_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a length that is out of bounds.
        }
        throw new ProtocolException("Not a length: " + text);
    }

    private String requireLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("Cut inside the body");
        }
        return line;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (--headLeft < 0) {
                throw new ProtocolException("Head longer than " + LONGEST_HEAD);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
