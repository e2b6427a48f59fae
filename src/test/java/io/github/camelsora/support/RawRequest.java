package io.github.camelsora.support;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request byte by byte, as no HTTP client would send it. */
public final class RawRequest implements AutoCloseable {
    private final Socket socket;

    public RawRequest(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
    }

    /** Sends the head of a request with unchanged headers and one more line. */
    public RawRequest head(String methodAndPath, Map<String, String> headers, String more) throws IOException {
        StringBuilder head = new StringBuilder(methodAndPath + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return write((head + more + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public RawRequest write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    public RawRequest chunk(byte[] bytes) throws IOException {
        write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return write(bytes).write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends chunks of this total length, or until the server closes the connection. */
    public RawRequest flood(int length) throws IOException {
        byte[] chunk = new byte[65_536];
        try {
            for (int sent = 0; sent < length; sent += chunk.length) {
                chunk(chunk);
            }
        } catch (SocketException e) {
            // Its answer may still be readable.
            return this;
        }
        return this;
    }

    /** The whole answer, until the server closes the connection. */
    public RawAnswer answer() throws IOException {
        return new RawAnswer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }

    /** The status of an answer that comes before the whole request is sent. */
    public int status() throws IOException {
        return new RawAnswer(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1)).status();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
