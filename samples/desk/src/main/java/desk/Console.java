package desk;

import io.github.camelsora.api.AccountPause;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;

/** What the dev console of the component says: what this JVM knows and the ledger does not. */
final class Console {
    private final Map<?, ?> root;

    private Console(Map<?, ?> root) {
        this.root = root;
    }

    static Console of(Exchange exchange) {
        DevConsole console =
                PluginHelper.getDevConsoleResolver(exchange.getContext()).resolveDevConsole("sora");
        return new Console(
                console != null && console.call(DevConsole.MediaType.JSON) instanceof Map<?, ?> json ? json : Map.of());
    }

    /** What is wrong, in sentences; pauses of accounts are among it. */
    List<String> problems() {
        return components()
                .flatMap(component -> list(component, "problems"))
                .map(String::valueOf)
                .toList();
    }

    /** How many submits of an account wait in this JVM. */
    long queuedSubmits(String account) {
        return accounts(account)
                .mapToLong(state -> state.get("queuedSubmits") instanceof Number queued ? queued.longValue() : 0)
                .sum();
    }

    /** Whether webhooks were the first to report the latest tasks of an account. */
    boolean isReachedByWebhooks(String account) {
        return accounts(account)
                .anyMatch(state ->
                        state.get("pollsStretchedByWebhooks") instanceof Number factor && factor.longValue() > 1);
    }

    /** What ends a pause, as a sentence. */
    String endOf(AccountPause pause) {
        return accounts(pause.account())
                .flatMap(state -> list(state, "pauses"))
                .map(Map.class::cast)
                .filter(state -> pause.cause().name().equals(state.get("cause")))
                .map(state -> String.valueOf(state.get("end")))
                .findFirst()
                .orElse("An operator ends it with resume.");
    }

    private Stream<Map<?, ?>> components() {
        return list(root, "components").map(component -> (Map<?, ?>) component);
    }

    private Stream<Map<?, ?>> accounts(String account) {
        return components()
                .flatMap(component -> list(component, "accounts"))
                .<Map<?, ?>>map(state -> (Map<?, ?>) state)
                .filter(state -> account.equals(state.get("account")));
    }

    private static Stream<?> list(Map<?, ?> object, String field) {
        return object.get(field) instanceof List<?> list ? list.stream() : Stream.empty();
    }
}
