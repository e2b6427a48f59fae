package desk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Serves the page and the libraries that it is made with, all from the class path. */
public final class PageFiles {
    private static final Pattern OWN = Pattern.compile("/desk/([a-z0-9-]+\\.(?:html|js|css|svg))");
    private static final Pattern LIBRARY =
            Pattern.compile("/desk/webjars/([a-z0-9_-]+)/((?:[a-z0-9-]+/)*[a-z0-9.-]+\\.(?:js|css))");
    private static final Set<String> LIBRARIES = Set.of("lit-html", "picocss__pico");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * Answers with the page.
     *
     * @param exchange the request
     * @throws IOException if it cannot be read
     */
    public void index(Exchange exchange) throws IOException {
        if (path(exchange).endsWith("/")) {
            send("desk/index.html", exchange);
        } else {
            // The page's addresses are relative to the folder.
            Answers.answer(exchange, 308, "text/plain", new byte[0]).setHeader("Location", "desk/");
        }
    }

    /**
     * Answers with a file of the page.
     *
     * @param exchange the request
     * @throws IOException if it cannot be read
     */
    public void own(Exchange exchange) throws IOException {
        Matcher file = OWN.matcher(path(exchange));
        send(file.matches() ? "desk/" + file.group(1) : null, exchange);
    }

    /**
     * Answers with a file of a library, which is a WebJar.
     *
     * @param exchange the request
     * @throws IOException if it cannot be read
     */
    public void library(Exchange exchange) throws IOException {
        Matcher file = LIBRARY.matcher(path(exchange));
        if (!file.matches() || !LIBRARIES.contains(file.group(1))) {
            send(null, exchange);
            return;
        }
        String name = file.group(1);
        Properties jar = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            if (in != null) {
                jar.load(in);
            }
        }
        send("META-INF/resources/webjars/" + name + "/" + jar.getProperty("version") + "/" + file.group(2), exchange);
    }

    private static String path(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
    }

    private static InputStream open(String resource) {
        return PageFiles.class.getClassLoader().getResourceAsStream(resource);
    }

    private static void send(String resource, Exchange exchange) throws IOException {
        try (InputStream in = resource == null ? null : open(resource)) {
            if (in == null) {
                Answers.answer(exchange, 404, "text/plain", "No such file".getBytes(StandardCharsets.UTF_8));
                return;
            }
            byte[] content = in.readAllBytes();
            String tag = "\"" + digest(content) + "\"";
            boolean isKnown = tag.equals(exchange.getMessage().getHeader("If-None-Match"));
            String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
            boolean isHead = "HEAD".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD));
            Message answer = Answers.answer(exchange, isKnown ? 304 : 200, type, isKnown || isHead ? null : content);
            if (isHead) {
                answer.setHeader("Content-Length", content.length);
            }
            answer.setHeader("ETag", tag);
            answer.setHeader("Cache-Control", "no-cache");
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
