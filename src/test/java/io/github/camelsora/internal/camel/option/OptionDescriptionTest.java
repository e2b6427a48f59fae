package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraConstants;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users read of an option or a header in their editor: one or two sentences in the words of the glossary. */
class OptionDescriptionTest {
    private static final int LONGEST = 300;

    private static final Pattern OTHER_WORDS = Pattern.compile(
            "(?i)\\b(told|tells?|gone|takers?|gives? (back|away)|given (back|away)|lets? go|look(s|ed)? (for|after)"
                    + "|bells?|verdicts?|somebody|whoever|nobody)\\b");

    static Stream<Arguments> descriptions() {
        return Stream.of(SoraConfiguration.class, SoraComponent.class, SoraConstants.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(OptionDescriptionTest::isDescribed)
                .map(field -> Arguments.of(field.getName(), description(field)));
    }

    private static boolean isDescribed(Field field) {
        return field.isAnnotationPresent(UriParam.class)
                || field.isAnnotationPresent(UriPath.class)
                || field.isAnnotationPresent(Metadata.class);
    }

    private static String description(Field field) {
        if (field.isAnnotationPresent(UriParam.class)) {
            return field.getAnnotation(UriParam.class).description();
        }
        return field.isAnnotationPresent(UriPath.class)
                ? field.getAnnotation(UriPath.class).description()
                : field.getAnnotation(Metadata.class).description();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void aDescriptionIsShortAndEndsAsASentence(String name, String description) {
        assertThat(description).isNotBlank().endsWith(".").hasSizeLessThanOrEqualTo(LONGEST);
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void aDescriptionUsesTheWordsOfTheGlossary(String name, String description) {
        assertThat(description).doesNotContainPattern(OTHER_WORDS);
    }
}
