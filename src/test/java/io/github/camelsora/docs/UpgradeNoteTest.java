package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What UPGRADING.md calls old does not exist any more, and what it calls new does. */
class UpgradeNoteTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][\\w.]+)` \\| (.+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Z][\\w.]+)`");

    @ParameterizedTest
    @MethodSource("rows")
    void theOldNameIsNotThereAndTheNewOneIs(String old, List<String> successors) {
        assertThat(exists(old)).as(old).isFalse();
        assertThat(successors).isNotEmpty().allMatch(UpgradeNoteTest::exists);
    }

    static Stream<Arguments> rows() {
        return ROW.matcher(Page.at(Path.of("UPGRADING.md")).text())
                .results()
                .map(row -> Arguments.of(
                        row.group(1),
                        NAME.matcher(row.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .toList()));
    }

    /** A class of the public API, or one of its methods. */
    private static boolean exists(String name) {
        String[] parts = name.split("\\.");
        Optional<Class<?>> type = Stream.of("io.github.camelsora.", "io.github.camelsora.api.")
                .<Class<?>>mapMulti((location, found) -> {
                    try {
                        found.accept(Class.forName(location + parts[0]));
                    } catch (ClassNotFoundException e) {
                        // It may be in the other package.
                    }
                })
                .findFirst();
        return type.isPresent()
                && (parts.length == 1
                        || Arrays.stream(type.get().getMethods())
                                .anyMatch(method -> method.getName().equals(parts[1])));
    }
}
