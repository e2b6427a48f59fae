package io.github.camelsora.support;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real nginx, in a folder and with the rights of the user who runs the test. */
public final class Nginx implements AutoCloseable {
    // One process, so that a kill ends all of it; and no files outside its folder.
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log %1$s/error.log;
            events {}
            http {
                log_format ranges '$request_uri $status $http_range $body_bytes_sent';
                access_log %1$s/access.log ranges;
                client_body_temp_path %1$s/temp;
                proxy_temp_path %1$s/temp;
                fastcgi_temp_path %1$s/temp;
                uwsgi_temp_path %1$s/temp;
                scgi_temp_path %1$s/temp;
                types { video/mp4 mp4; }
                gzip on;
                gzip_types video/mp4;
                server {
                    listen 127.0.0.1:%2$d;
                    root %1$s/files;
                    location /slow/ { alias %1$s/files/; limit_rate 200k; limit_rate_after 100k; }
                    location /whole/ { alias %1$s/files/; max_ranges 0; }
                    location /dated/ { alias %1$s/files/; etag off; }
                    location /slow-dated/ { alias %1$s/files/; etag off; limit_rate 200k; limit_rate_after 100k; }
                    location /moved/ { return 302 /video.mp4; }
                    location /denied/ { return 403; }
                }
            }
            """;

    private final Path folder;
    private final int port;
    private Process process;

    private Nginx(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The program; empty where it is not installed. */
    public static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Nginx start(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("files"));
        int port = FreePort.find();
        Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, port));
        Nginx nginx = new Nginx(folder, port);
        nginx.start();
        return nginx;
    }

    public void start() throws IOException {
        process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it, also during an answer. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public Path file(String name) {
        return folder.resolve("files").resolve(name);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The access log, one line for each request: URI, status, range, bytes of the body. */
    public List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("access.log"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
