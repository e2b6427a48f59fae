package io.github.camelsora.benchmark.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineCountTest {

    @Test
    void javaIsCountedWithoutPackageImportsAndComments() {
        String java = """
                package example;

                import java.util.List;
                import static java.util.List.of;

                /**
                 * A class.
                 */
                class Example { // that ends here
                    // nothing
                    /* nothing, either */
                }
                """;

        assertThat(LineCount.count(java, "java")).isEqualTo(2);
    }

    @Test
    void yamlAndPropertiesAreCountedWithoutComments() {
        assertThat(LineCount.count("# nothing\n- route:\n\n    # nothing\n    id: a\n", "yaml"))
                .isEqualTo(2);
        assertThat(LineCount.count("# nothing\na=b\n\nc=#bean:d\n", "properties"))
                .isEqualTo(2);
    }

    @Test
    void sqlIsCountedWithoutComments() {
        assertThat(LineCount.count("-- nothing\nCREATE TABLE a (\n  b int\n);\n", "sql"))
                .isEqualTo(3);
    }

    @Test
    void eachRivalHasLines() {
        assertThat(Rivals.ALL).isNotEmpty().allSatisfy(rival -> assertThat(LineCount.of(rival))
                .isGreaterThan(20));
    }
}
