package io.github.camelsora.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;

/** A server on loopback whose test handles each connection, for faults that the simulator does not have. */
public final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    /** Handles one connection, which is closed afterwards. */
    public interface Conversation {
        void on(Socket socket) throws IOException;
    }

    private final ServerSocket listening;

    private RawServer(ServerSocket listening) {
        this.listening = listening;
    }

    public static RawServer start(Conversation conversation) throws IOException {
        RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(() -> server.accept(conversation));
        return server;
    }

    /** Reads one request and answers with these bytes. */
    public static RawServer answering(String answer) throws IOException {
        return start(socket -> {
            if (readRequest(socket) != null) {
                write(socket, answer);
            }
        });
    }

    private void accept(Conversation conversation) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                daemon(() -> converse(socket, conversation));
            } catch (IOException e) {
                // Closed by the test, or a client closed its connection before it was accepted.
            }
        }
    }

    private static void converse(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.on(socket);
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "RawServer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads a request and returns its head in Latin-1; null if the client has closed the connection. */
    public static String readRequest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    public static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** An answer that keeps its connection open. */
    public static String ok(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    public String address(String scheme) {
        return scheme + "://127.0.0.1:" + listening.getLocalPort();
    }

    /** This server as a proxy. */
    public HttpHost host() {
        return new HttpHost("http", "127.0.0.1", listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
