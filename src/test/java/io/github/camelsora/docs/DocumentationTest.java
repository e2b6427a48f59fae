package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares README and component page with what they describe. */
class DocumentationTest {
    private static final Path EXAMPLE_TEST = Path.of("src/test/java/io/github/camelsora/docs/OrderRouteTest.java");
    private static final Set<String> RUN = Set.of("yaml", "java", "properties", "sql");
    private static final Pattern NAMED_FILE =
            Pattern.compile("[`(]((?:[\\w.-]+/)*[\\w-]+\\.(?:yaml|md|adoc|java|sh))[`)]");

    @ParameterizedTest
    @ValueSource(strings = {"options", "component options", "headers"})
    void theReadmeHasEachOptionAndHeaderAsItIs(String table) throws Exception {
        check(Page.README, table, new Metadata().markdown().get(table));
    }

    @ParameterizedTest
    @ValueSource(strings = {"component options", "endpoint path", "endpoint options", "headers"})
    void theComponentPageHasEachOptionAndHeaderAsItIs(String table) throws Exception {
        check(Page.COMPONENT, table, new Metadata().asciidoc().get(table));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockThatCanBeRunIsASnippetThatIsRun(Page page) {
        List<String> snippets = Stream.concat(
                        Snippets.all().stream().map(Snippets::read),
                        Stream.of(
                                Snippets.read(Snippets.SCHEMA),
                                Snippets.read(EXAMPLE_TEST).replaceFirst("(?s).*?\n(?=class )", "")))
                .toList();

        List<Page.Block> blocks = page.blocks().stream()
                .filter(block -> RUN.contains(block.language()))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(block.content())
                .isIn(snippets));
    }

    @Test
    void everySnippetIsShownToSomebody() {
        List<String> shown = pages().flatMap(page -> page.blocks().stream())
                .map(Page.Block::content)
                .toList();

        assertThat(Snippets.all())
                .allSatisfy(file -> assertThat(Snippets.read(file)).isIn(shown));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExceptionHasItsRowInTheTableOfErrors(Page page) throws Exception {
        Set<String> exceptions;
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/camelsora/api"))) {
            exceptions = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .map(name -> name.replace(".java", ""))
                    .filter(name -> !name.equals(SoraException.class.getSimpleName()))
                    .collect(Collectors.toSet());
        }

        Set<String> rows = rows(page).stream()
                .map(row -> row.replaceFirst("^\\| `(\\w+)`.*", "$1"))
                .collect(Collectors.toSet());

        assertThat(rows).isEqualTo(exceptions);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOutcomeInTheTableOfErrorsExists(Page page) {
        Pattern words = Pattern.compile("`([A-Z_]+)`");
        Set<String> outcomes =
                Arrays.stream(SubmitOutcome.values()).map(Enum::name).collect(Collectors.toSet());

        List<String> rows = rows(page);

        assertThat(rows).allSatisfy(row -> assertThat(words.matcher(row)
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .isNotEmpty()
                .isSubsetOf(outcomes));
    }

    @Test
    void everyFileThatTheReadmeNamesExists() {
        Matcher named = NAMED_FILE.matcher(Page.at(Page.README).text());

        List<String> files = named.results().map(found -> found.group(1)).toList();

        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file))
                .exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theDependencyIsThisProject(Page page) throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");

        List<Page.Block> dependencies = page.blocks().stream()
                .filter(block -> block.language().equals("xml"))
                .toList();

        assertThat(dependencies).isNotEmpty().allSatisfy(block -> assertThat(block.content())
                .contains(
                        "<groupId>io.github.camelsora</groupId>",
                        "<artifactId>camel-sora</artifactId>",
                        "<version>" + version + "</version>"));
    }

    static Stream<Page> pages() {
        return Stream.of(Page.at(Page.README), Page.at(Page.COMPONENT));
    }

    private static List<String> rows(Page page) {
        return page.region("errors")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    /** With {@code -Ddocs.write} the table is written instead. */
    private static void check(Path page, String table, String right) throws Exception {
        if (System.getProperty("docs.write") != null) {
            Page.at(page).write(table, right);
        }

        String written = Page.at(page).region(table);

        assertThat(written)
                .as(
                        "Table '%s' in %s. mvn test -Dtest=DocumentationTest -Ddocs.write writes it:%n%n%s%n",
                        table, page, right)
                .isEqualTo(right);
    }
}
