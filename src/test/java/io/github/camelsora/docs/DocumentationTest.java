package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraOperation;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares README and the pages in {@code src/main/docs} with what they describe. */
class DocumentationTest {
    private static final Path EXAMPLE_TEST = Path.of("src/test/java/io/github/camelsora/docs/OrderRouteTest.java");
    /** The test of the benchmark runs it. */
    private static final Path RIVAL = Path.of("src/benchmark/src/main/resources/rivals/camel-sora/routes.yaml");

    private static final Set<String> RUN = Set.of("yaml", "java", "properties", "sql");

    private static final List<Path> FOLDERS_OF_FILES = List.of(Path.of(""), Path.of("src/main/resources"));
    /** Names that stand for a file of a user, or for one in each package. */
    private static final Set<String> NAMES_OF_MANY = Set.of("application.yaml", "package-info.java");

    private static final Pattern NAME_OF_FILE = Pattern.compile("(?:[\\w.-]+/)*[\\w-]+\\.(?:yaml|md|adoc|java|sh|sql)");

    @ParameterizedTest
    @ValueSource(strings = {"options", "headers"})
    void theComponentPageHasEachOptionAndHeaderAsItIs(String table) throws Exception {
        String right = new Metadata().tables().get(table);
        if (System.getProperty("docs.write") != null) {
            Page.at(Page.COMPONENT).write(table, right);
        }

        String written = Page.at(Page.COMPONENT).region(table);

        assertThat(written)
                .as("Table '%s'. mvn test -Dtest=DocumentationTest -Ddocs.write writes it:%n%n%s%n", table, right)
                .isEqualTo(right);
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyBlockThatCanBeRunIsASnippetThatIsRun(Page page) {
        List<String> snippets = Stream.concat(
                        Snippets.all().stream().map(Snippets::read),
                        Stream.of(
                                Snippets.read(EXAMPLE_TEST).replaceFirst("(?s).*?\n(?=class )", ""),
                                Snippets.read(RIVAL)))
                .toList();

        List<Page.Block> blocks = page.blocks().stream()
                .filter(block -> RUN.contains(block.language()))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(block.content())
                .isIn(snippets));
    }

    @Test
    void everySnippetIsOnAPage() {
        List<String> shown = guides().flatMap(page -> page.blocks().stream())
                .map(Page.Block::content)
                .toList();

        assertThat(Snippets.all())
                .allSatisfy(file -> assertThat(Snippets.read(file)).isIn(shown));
    }

    @Test
    void noSentenceIsWrittenTwice() {
        Map<String, List<Path>> pagesOfSentences = guides().flatMap(
                        page -> page.sentences().stream().map(sentence -> Map.entry(sentence, page.path())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

        assertThat(pagesOfSentences).hasSizeGreaterThan(100);
        assertThat(pagesOfSentences.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors", "outcomes"})
    void everyExceptionHasItsRow(String table) {
        List<String> rows = Page.at(Page.COMPONENT).rows(table).stream()
                .map(row -> row.get(0).replace("`", ""))
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(exceptions());
    }

    @Test
    void everyOutcomeInTheTableOfOutcomesExists() {
        Set<String> outcomes =
                Arrays.stream(SubmitOutcome.values()).map(Enum::name).collect(Collectors.toSet());

        List<List<String>> rows = Page.at(Page.COMPONENT).rows("outcomes");

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.stream()
                        .skip(1)
                        .flatMap(cell -> Stream.of(cell.split(", ")))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.replace("`", ""))
                        .toList())
                .isNotEmpty()
                .isSubsetOf(outcomes));
    }

    @Test
    void everyOperationHasItsRowInTheReadme() {
        Pattern row = Pattern.compile("(?m)^\\| `(sora:\\w+)` \\|");

        Stream<String> rows = row.matcher(Page.at(Page.README).text()).results().map(found -> found.group(1));

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(SoraOperation.values())
                        .map(operation -> "sora:" + operation)
                        .toList());
    }

    @Test
    void everyOperationHasItsSectionOnTheComponentPage() {
        String usage = Page.at(Page.COMPONENT).text().replaceFirst("(?s).*\n== Usage\n(.*?)\n== .*", "$1");

        Stream<String> sections =
                Pattern.compile("(?m)^=== (.+)$").matcher(usage).results().map(found -> found.group(1));

        assertThat(sections)
                .containsExactlyElementsOf(
                        Arrays.stream(SoraOperation.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(SoraOperation.class)
    void everyOperationHasASnippetInYamlAndInJava(SoraOperation operation) {
        List<String> snippets = Snippets.all().stream()
                .filter(file -> Snippets.read(file).contains("sora:" + operation))
                .map(file -> file.getFileName().toString())
                .toList();

        assertThat(snippets).contains(operation + ".yaml", operation + ".java");
    }

    @Test
    void everyRouteAndSampleIsInTheReadme() throws IOException {
        Page readme = Page.at(Page.README);

        try (Stream<Path> routes = Files.list(Path.of("routes"));
                Stream<Path> samples = Files.list(Path.of("samples"))) {
            assertThat(Stream.concat(routes, samples.map(sample -> sample.resolve("README.md"))))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(readme.links()).contains(file.toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyExceptionThatIsNamedExists(Page page) {
        Pattern name = Pattern.compile("\\b[A-Z]\\w*Exception\\b");

        Stream<String> named = name.matcher(page.text()).results().map(MatchResult::group);

        assertThat(named.filter(exception -> !exception.equals(SoraException.class.getSimpleName())
                        && !exception.equals(IllegalArgumentException.class.getSimpleName())))
                .isSubsetOf(exceptions());
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyHeaderThatIsNamedExists(Page page) {
        Pattern name = Pattern.compile("\\bCamelSora\\w+");

        Stream<String> named = name.matcher(page.text()).results().map(MatchResult::group);

        assertThat(named).isSubsetOf(new Metadata().headerNames());
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyOptionThatIsNamedExists(Page page) {
        Set<String> known = new Metadata().optionNames();
        known.addAll(OtherNames.all());

        Stream<String> named = page.words().stream()
                .filter(word -> word.matches("[a-z]+([A-Z][a-z]*)+(=.*)?"))
                .map(word -> word.replaceFirst("=.*", ""));

        assertThat(named.filter(option -> !known.contains(option))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyPropertyThatIsNamedIsAnOption(Page page) {
        Set<String> known = new Metadata().optionNames();
        known.add("enabled");
        Pattern name = Pattern.compile("camel\\.component\\.sora\\.([a-z][a-zA-Z-]*)");

        Stream<String> named = name.matcher(page.text()).results().map(found -> found.group(1));

        assertThat(named.map(
                        property -> Pattern.compile("-(\\w)").matcher(property).replaceAll(letter -> letter.group(1)
                                .toUpperCase(Locale.ROOT))))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyFileThatIsNamedExists(Page page) {
        Stream<String> files = page.words().stream()
                .filter(word -> NAME_OF_FILE.matcher(word).matches())
                .filter(file -> !NAMES_OF_MANY.contains(file));

        assertThat(files).allSatisfy(file -> assertThat(Stream.concat(
                        Stream.of(page.target(file)), FOLDERS_OF_FILES.stream().map(folder -> folder.resolve(file))))
                .anyMatch(Files::exists));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyLinkLeadsSomewhere(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            assertThat(page.target(link)).exists();
            if (link.contains("#")) {
                assertThat(Page.at(page.target(link)).anchors()).contains(link.replaceFirst(".*#", ""));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/main/docs/sora-component.adoc"})
    void theDependencyIsThisProject(Path path) throws Exception {
        Page page = Page.at(path);
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

    static Stream<Page> guides() {
        return Page.guides();
    }

    static Stream<Page> everyPage() {
        return Page.all();
    }

    private static Set<String> exceptions() {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/camelsora/api"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .map(name -> name.replace(".java", ""))
                    .filter(DocumentationTest::isOfRoutes)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Others are thrown between the component and a ledger. */
    private static boolean isOfRoutes(String name) {
        try {
            Class<?> exception = Class.forName(SoraException.class.getPackageName() + "." + name);
            return exception.getSuperclass() == SoraException.class;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
