package desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptsTest {
    @ParameterizedTest
    @CsvSource({
        "hidden, true, false",
        "hidden, , false",
        "switch, true, true",
        "switch, false, false",
        "switch, undefined, false",
        "switch, , false",
        "shown, false, true"
    })
    void theSettingOfTheServerComesFirst(String mode, String isSwitchedOn, boolean areShown) {
        Prompts prompts = new Prompts();
        prompts.setMode(mode);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("prompts", isSwitchedOn);

        assertThat(prompts.areShown(exchange)).isEqualTo(areShown);
    }
}
