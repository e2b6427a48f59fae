package desk;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Whether prompts are shown. */
public final class Prompts {
    private enum Mode {
        HIDDEN,
        SWITCH,
        SHOWN
    }

    private Mode mode = Mode.SWITCH;

    /** @param mode hidden: never; switch: when the user has switched them on; shown: always */
    public void setMode(String mode) {
        this.mode = Stream.of(Mode.values())
                .filter(known -> known.name().equalsIgnoreCase(mode.trim()))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The property desk.prompts takes hidden, switch or shown, and not '" + mode + "'"));
    }

    String mode() {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    boolean areShown(Exchange exchange) {
        return mode == Mode.SHOWN || mode == Mode.SWITCH && "true".equals(Desk.text(exchange, "prompts"));
    }
}
