package desk;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

/**
 * Knows who sends a request: the user whom the proxy names, else that of this server, else that of the operating system.
 *
 * @param header the header in which an authenticating proxy names the user; empty for none
 */
record Users(String header) {
    /** Where the servers of camel-main and Quarkus, and that of Spring Boot, name a user who has signed in. */
    private static final List<String> OF_SERVER = List.of(
            "${header.CamelVertxPlatformHttpAuthenticatedUser?.subject}",
            "${header.CamelHttpServletRequest?.remoteUser}");

    /** The user's name; null if the proxy names none. */
    String nameOf(Exchange exchange) {
        if (!header.isEmpty()) {
            String name = Guard.header(exchange, header);
            return name == null || name.isBlank() ? null : decoded(name);
        }
        Language simple = exchange.getContext().resolveLanguage("simple");
        return OF_SERVER.stream()
                .map(user -> simple.createExpression(user).evaluate(exchange, String.class))
                .filter(user -> user != null && !user.isBlank())
                .findFirst()
                .orElseGet(() -> System.getProperty("user.name"));
    }

    /** Servers read each byte of a header as a character, and proxies send names in UTF-8. */
    private static String decoded(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(name));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return name;
        }
    }
}
