package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraComponentConfigurer;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.SoraEndpointConfigurer;
import io.github.camelsora.SoraEndpointUriFactory;
import io.github.camelsora.internal.camel.option.LocaleSafeConfigurer;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In Turkish the small letter of I has no dot, and each option is set all the same. */
class TurkishLocaleTest {
    private static final PropertyConfigurerGetter ENDPOINT =
            (PropertyConfigurerGetter) LocaleSafeConfigurer.of(new SoraEndpointConfigurer());
    private static final PropertyConfigurerGetter COMPONENT =
            (PropertyConfigurerGetter) LocaleSafeConfigurer.of(new SoraComponentConfigurer());

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void speakTurkish() {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void eachOptionOfAnEndpointIsFoundByItsName() {
        Set<String> names = new SoraEndpointUriFactory().propertyNames();

        assertThat(names).filteredOn(name -> name.contains("I")).isNotEmpty();
        assertThat(names).filteredOn(name -> !name.equals("operation")).allSatisfy(name -> assertThat(
                        ENDPOINT.getOptionType(name, true))
                .isNotNull());
    }

    @Test
    void anOptionIsFoundInWhateverCaseItIsWritten() {
        for (String name : new String[] {"pollInitialDelay", "POLLINITIALDELAY", "pollinitialdelay"}) {
            assertThat(ENDPOINT.getOptionType(name, true)).isEqualTo(long.class);
            assertThat(COMPONENT.getOptionType(name, true)).isEqualTo(long.class);
        }
        assertThat(ENDPOINT.getOptionType("POLLINITIALDELAY", false)).isNull();
    }

    @Test
    void optionsOfTheComponentAreSetByItsProperties() {
        Main main = new Main();
        main.addInitialProperty("camel.component.sora.poll-initial-delay", "7s");
        main.addInitialProperty("camel.component.sora.videoId", "video_1");
        main.addInitialProperty("camel.component.sora.api-key", "sk-test");
        main.addInitialProperty("camel.component.sora.maximum-redeliveries", "3");

        main.start();

        SoraConfiguration options =
                main.getCamelContext().getComponent("sora", SoraComponent.class).getConfiguration();
        SoraEndpoint endpoint = main.getCamelContext()
                .getEndpoint("sora:remix?videoId=video_2&pollInitialDelay=8s&videoIndex=1", SoraEndpoint.class);
        main.stop();
        assertThat(options.getPollInitialDelay()).isEqualTo(7_000);
        assertThat(options.getVideoId()).isEqualTo("video_1");
        assertThat(endpoint.getConfiguration().getVideoId()).isEqualTo("video_2");
        assertThat(endpoint.getConfiguration().getPollInitialDelay()).isEqualTo(8_000);
    }
}
