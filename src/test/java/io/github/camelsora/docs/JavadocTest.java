package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every member of the API has complete javadoc. The exceptions are options and headers: they are described once, by the
 * annotation of their field, so the build itself does not ask for comments that are missing (doclint without its group missing).
 */
class JavadocTest {
    private static final Path API = Path.of("src/main/java/io/github/camelsora");
    private static final Set<String> OPTIONS = Set.of("SoraComponent.java", "SoraConfiguration.java");
    private static final String HEADERS = "SoraConstants.java";

    private static final Pattern ACCESSOR = Pattern.compile("\\s*public \\S+ (?:get|is|set)\\w+\\([^,]*\\) \\{");
    private static final Pattern CONSTANT = Pattern.compile("\\s*(?:@Metadata\\(.*|public static final String .*)");

    @Test
    void everyMemberOfTheApiIsDocumented() throws IOException {
        List<String> problems = doclint().stream()
                .filter(problem -> !isDescribedByItsField(problem))
                .map(problem -> name(problem) + ":" + problem.getLineNumber() + " " + problem.getMessage(Locale.ROOT))
                .toList();

        assertThat(problems).isEmpty();
    }

    private static List<Diagnostic<? extends JavaFileObject>> doclint() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:all/protected",
                    "-Xmaxwarns",
                    "10000",
                    "-d",
                    "target/test-classes/javadoc");
            Files.createDirectories(Path.of("target/test-classes/javadoc"));
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources()))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(problem -> problem.getSource() != null)
                // Only newer JDKs than the one of the release say so.
                .filter(problem -> !problem.getMessage(Locale.ROOT).contains("default constructor"))
                .toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> top = Files.list(API);
                Stream<Path> api = Files.list(API.resolve("api"))) {
            return Stream.concat(top, api)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static boolean isDescribedByItsField(Diagnostic<? extends JavaFileObject> problem) {
        boolean isMissing = problem.getMessage(Locale.ROOT).contains("no comment");
        String name = name(problem);
        return isMissing
                && (OPTIONS.contains(name) && ACCESSOR.matcher(source(problem)).matches()
                        || HEADERS.equals(name)
                                && CONSTANT.matcher(source(problem)).matches());
    }

    private static String name(Diagnostic<? extends JavaFileObject> problem) {
        return Path.of(problem.getSource().toUri()).getFileName().toString();
    }

    private static String source(Diagnostic<? extends JavaFileObject> problem) {
        try {
            return Files.readAllLines(Path.of(problem.getSource().toUri())).get((int) problem.getLineNumber() - 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
