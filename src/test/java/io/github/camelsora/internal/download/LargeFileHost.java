package io.github.camelsora.internal.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host of one MP4 of any length, which is generated while it is sent, so that it needs no memory. It knows ranges, counts
 * what it sends, and can stop in the middle of its first answer.
 */
public final class LargeFileHost implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("(?i)range: bytes=(\\d+)-");
    private static final int HEAD = 40;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Long> begins = new CopyOnWriteArrayList<>();
    private final List<AtomicLong> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private final long length;
    private final long stopsAt;
    private final byte[] head;

    /** A host of so many bytes. */
    public LargeFileHost(long length) throws IOException {
        this(length, Long.MAX_VALUE);
    }

    /** A host of so many bytes, which sends only some of them to the first request, and then nothing more. */
    public LargeFileHost(long length, long stopsAt) throws IOException {
        this.length = length;
        this.stopsAt = stopsAt;
        this.head = head(length);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private static byte[] head(long length) {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.putInt(16).put("ftypisom".getBytes(StandardCharsets.US_ASCII)).putInt(0x200);
        head.putInt(8).put("moov".getBytes(StandardCharsets.US_ASCII));
        head.putInt(1).put("mdat".getBytes(StandardCharsets.US_ASCII)).putLong(length - 24);
        return head.array();
    }

    /** Where the file is. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/large.mp4?signature=s";
    }

    /** Where each answer began. */
    public List<Long> begins() {
        return List.copyOf(begins);
    }

    /** How many bytes of the file each answer has had. */
    public List<Long> sent() {
        return sent.stream().map(AtomicLong::get).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            long from = 0;
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                Matcher range = RANGE.matcher(line);
                from = range.matches() ? Long.parseLong(range.group(1)) : from;
            }
            AtomicLong count = new AtomicLong();
            boolean isFirst = sent.isEmpty();
            sent.add(count);
            begins.add(from);
            OutputStream out = socket.getOutputStream();
            String status = from == 0
                    ? "200 OK"
                    : "206 Partial Content\r\nContent-Range: bytes " + from + "-" + (length - 1) + "/" + length;
            out.write(("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\nContent-Type: video/mp4\r\nContent-Length: "
                            + (length - from) + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            send(out, from, isFirst ? Math.min(length, stopsAt) : length, count);
            if (isFirst && stopsAt < length) {
                isClosed.await();
            }
        } catch (IOException e) {
            // The client has closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutputStream out, long from, long to, AtomicLong count) throws IOException {
        byte[] zeros = new byte[256 * 1024];
        long at = from;
        if (at < HEAD) {
            out.write(Arrays.copyOfRange(head, (int) at, HEAD));
            count.addAndGet(HEAD - at);
            at = HEAD;
        }
        while (at < to) {
            int piece = (int) Math.min(zeros.length, to - at);
            out.write(zeros, 0, piece);
            count.addAndGet(piece);
            at += piece;
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        isClosed.countDown();
        server.close();
        threads.shutdownNow();
    }
}
