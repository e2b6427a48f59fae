package io.github.camelsora.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection of a client: reads requests and writes answers, one after the other, until either side closes it. */
final class WireConnection implements Runnable {

    private static final int CHUNK = 16 * 1024;

    private final Socket socket;
    private final Duration idleTimeout;
    private final Function<WireRequest, Answer> host;

    WireConnection(Socket socket, Duration idleTimeout, Function<WireRequest, Answer> host) {
        this.socket = socket;
        this.idleTimeout = idleTimeout;
        this.host = host;
    }

    @Override
    public void run() {
        try (socket) {
            // Otherwise the kernel delays small answers by 40 ms when the client delays its ACK.
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(idleTimeout.toMillis()));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            WireReader reader = new WireReader(new BufferedInputStream(socket.getInputStream()), out);
            serve(reader, out);
        } catch (IOException e) {
            // The client has closed the connection, the idle timeout has passed, or the simulator is closing.
        }
    }

    private void serve(WireReader reader, OutputStream out) throws IOException {
        boolean open = true;
        while (open) {
            WireRequest request;
            try {
                request = reader.next();
            } catch (ProtocolException e) {
                write(Answer.text(400, "text/plain", e.getMessage()), "", false, out);
                return;
            }
            if (request == null) {
                return;
            }
            Answer answer = host.apply(request);
            if (answer == Answer.NOTHING) {
                return;
            }
            open = request.keepsAlive() && answer.keepsAlive();
            write(answer, request.method(), request.keepsAlive(), answer.pause().isZero() ? out : slowly(answer, out));
        }
    }

    private static OutputStream slowly(Answer answer, OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                try {
                    TimeUnit.NANOSECONDS.sleep(answer.pause().toNanos());
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                out.write(b);
                out.flush();
            }
        };
    }

    private static void write(Answer answer, String method, boolean keepAlive, OutputStream out) throws IOException {
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        boolean chunked = answer.declared() == Answer.NO_LENGTH && !bodiless;
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" \r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (!bodiless) {
            head.append("Content-Length: ").append(answer.declared()).append("\r\n");
        }
        head.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!bodiless && !method.equals("HEAD")) {
            writeBody(answer, chunked, out);
        }
        out.flush();
    }

    private static void writeBody(Answer answer, boolean chunked, OutputStream out) throws IOException {
        if (!chunked) {
            out.write(answer.body(), 0, answer.sent());
            return;
        }
        for (int from = 0; from < answer.sent(); from += CHUNK) {
            int size = Math.min(CHUNK, answer.sent() - from);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(answer.body(), from, size);
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
}
