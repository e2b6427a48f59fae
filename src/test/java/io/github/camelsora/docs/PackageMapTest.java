package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the list of packages in CONTRIBUTING with what their package-info says, which is the one home of it. */
class PackageMapTest {
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String TOP = "io.github.camelsora";

    @Test
    void everyPackageSaysWhereToBeginReading() throws IOException {
        assertThat(packages()).allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .exists());
    }

    /** With {@code -Ddocs.write} the list is written instead. */
    @Test
    void contributingListsEveryPackage() throws IOException {
        String list = packages().stream()
                .map(folder -> "- `" + name(folder) + "`: " + text(folder))
                .collect(Collectors.joining("\n"));
        if (System.getProperty("docs.write") != null) {
            Page.at(CONTRIBUTING).write("packages", list);
        }

        assertThat(Page.at(CONTRIBUTING).region("packages")).isEqualTo(list);
    }

    @Test
    void everyTypeAndMethodThatContributingNamesExists() throws IOException {
        String sources = sources();
        Set<String> types = wordsOf("\\b(?:class|interface|record|enum) (\\w+)", sources);
        Set<String> methods = wordsOf("\\b(\\w+)\\(", sources);
        Matcher named = Pattern.compile("`((?!Thread\\b)[A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?`")
                .matcher(Page.at(CONTRIBUTING).text());

        List<MatchResult> names = named.results().toList();

        assertThat(names)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(name.group(1)).isIn(types))
                .filteredOn(name -> name.group(2) != null)
                .allSatisfy(name -> assertThat(name.group(2)).isIn(methods));
    }

    private static Set<String> wordsOf(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Snippets::read)
                    .collect(Collectors.joining());
        }
    }

    private static List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path folder) {
        String name = SOURCES.relativize(folder).toString().replace('/', '.').replace('\\', '.');
        return name.equals(TOP) ? name : name.substring(TOP.length() + 1);
    }

    /** The comment as Markdown: links become the simple names that a reader searches for. */
    private static String text(Path folder) {
        String source = Snippets.read(folder.resolve("package-info.java"));
        String comment = source.substring(source.indexOf("/**") + 3, source.indexOf("*/"));
        return comment.replaceAll("\n \\*", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@link (?:[a-z]\\w*\\.)*([\\w.]+)}", "`$1`")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
    }
}
