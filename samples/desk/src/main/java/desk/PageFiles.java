package desk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Serves the page and the libraries that it is made with, all from the class path. */
public final class PageFiles {
    /** A server may serve its routes below a path of its own. */
    private static final String ROOT = "(?:/[^/]+)*?/desk/";

    private static final Pattern OWN = Pattern.compile(ROOT + "([a-z0-9-]+\\.(?:html|js|css|svg))");
    private static final Pattern LIBRARY =
            Pattern.compile(ROOT + "webjars/(lit-html|picocss__pico)/((?:[a-z0-9-]+/)*[a-z0-9.-]+\\.(?:js|css))");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * Answers with the page, a file of it, or a file of a library, which is a WebJar.
     *
     * @param exchange the request
     * @throws IOException if the file cannot be read
     */
    public void send(Exchange exchange) throws IOException {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        Matcher own = OWN.matcher(path);
        Matcher library = LIBRARY.matcher(path);
        if (path.endsWith("/desk")) {
            // The page's addresses are relative to the folder.
            Answers.answer(exchange, 308, "text/plain", new byte[0]).setHeader("Location", "desk/");
        } else if (path.endsWith("/desk/")) {
            send("desk/index.html", exchange);
        } else if (own.matches()) {
            send("desk/" + own.group(1), exchange);
        } else {
            send(library.matches() ? resource(library.group(1), library.group(2)) : null, exchange);
        }
    }

    private static String resource(String library, String file) throws IOException {
        Properties jar = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/" + library + "/pom.properties")) {
            if (in != null) {
                jar.load(in);
            }
        }
        return "META-INF/resources/webjars/" + library + "/" + jar.getProperty("version") + "/" + file;
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
