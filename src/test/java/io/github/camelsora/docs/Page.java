package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown or AsciiDoc, with what a test wants to find in it. */
record Page(Path path, String text) {
    static final Path README = Path.of("README.md");
    static final Path LLMS = Path.of("llms.txt");
    static final Path COMPONENT = Path.of("src/main/docs/sora-component.adoc");

    private static final Pattern MARKDOWN_BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ASCIIDOC_BLOCK = Pattern.compile("(?ms)^\\[source,(\\w+)\\]\\n----\\n(.*?)^----$");
    private static final Pattern ANY_BLOCK = Pattern.compile("(?ms)^(```|----)\\w*\\n.*?^\\1$");
    private static final Pattern GENERATED =
            Pattern.compile("(?s)// (options|headers|outcomes|rivals): START.*?// \\1: END");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ASCIIDOC_LINK = Pattern.compile("(?:xref|link):([^\\[\\s]+)\\[|<<([^,>]+)[,>]");
    private static final Pattern HEADING = Pattern.compile("(?m)^[=#]+ (.+)$");
    private static final Pattern END_OF_SENTENCE =
            Pattern.compile("(?m)^\\[.*|^:\\w+:|(?<=[.:;!?])\\s|\\s\\|\\s|\\n\\s*\\n|::\\s|\\n[*#.=-]+\\s");

    /** A block of code. */
    record Block(String language, String content) {}

    static Page at(Path path) {
        return new Page(path, Snippets.read(path));
    }

    /** README and the pages for users, where each fact stands once. */
    static Stream<Page> guides() {
        return Stream.concat(Stream.of(README), list(Path.of("src/main/docs"), 1, ".adoc"))
                .map(Page::at);
    }

    /** All pages of the project. */
    static Stream<Page> all() {
        return Stream.of(
                        list(Path.of(""), 1, ".md"),
                        Stream.of(LLMS),
                        list(Path.of("src/main/docs"), 1, ".adoc"),
                        list(Path.of("src/benchmark"), 1, ".md"),
                        list(Path.of("samples"), 2, ".md"),
                        list(Path.of("src/test/java/io/github/camelsora/simulator"), 1, ".md"))
                .flatMap(paths -> paths)
                .map(Page::at);
    }

    private static Stream<Path> list(Path folder, int depth, String ending) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMarkdown() {
        return !path.toString().endsWith(".adoc");
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = (isMarkdown() ? MARKDOWN_BLOCK : ASCIIDOC_BLOCK).matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** The text without blocks of code. */
    String prose() {
        return ANY_BLOCK.matcher(text).replaceAll("\n\n");
    }

    /** The sentences of at least eight words that an author has written, in lower case and without punctuation. */
    List<String> sentences() {
        return END_OF_SENTENCE
                .splitAsStream(GENERATED.matcher(prose()).replaceAll("\n\n"))
                .map(sentence -> sentence.replaceAll("[^\\w']+", " ").strip().toLowerCase(Locale.ROOT))
                .filter(sentence -> sentence.split(" ").length >= 8)
                .toList();
    }

    /** What is within backticks in the text. */
    Set<String> words() {
        return Pattern.compile("`\\+?([^`\\n]+?)\\+?`")
                .matcher(prose())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The addresses within the project that it links to, which may end with an anchor. */
    List<String> links() {
        return (isMarkdown() ? MARKDOWN_LINK : ASCIIDOC_LINK)
                .matcher(prose())
                .results()
                .map(link -> link.groupCount() > 1 && link.group(2) != null ? "#" + link.group(2) : link.group(1))
                .filter(link -> !link.matches("https?:.*"))
                .toList();
    }

    /** The anchors of its headings, as code hosts and Asciidoctor make them. */
    Set<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> isMarkdown()
                        ? heading.replaceAll("[^\\w -]", "").replace(' ', '-')
                        : "_" + heading.replaceAll("[^\\w .-]", "").replaceAll("[ .-]+", "_"))
                .collect(Collectors.toSet());
    }

    /** The page or file that a link of this one leads to. */
    Path target(String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? path : path.resolveSibling(file).normalize();
    }

    /** What stands between the comments {@code name: START} and {@code name: END}. */
    String region(String name) {
        return text.substring(begin(name), end(name)).strip();
    }

    /** The rows of the table of a region that begin with a word in backticks. */
    List<List<String>> rows(String region) {
        return region(region)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split(" \\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** Writes another content between the two comments. */
    void write(String name, String content) throws IOException {
        Files.writeString(path, text.substring(0, begin(name)) + "\n\n" + content + "\n\n" + text.substring(end(name)));
    }

    private int begin(String name) {
        String begin = comment(name + ": START");
        int at = text.indexOf(begin);
        assertThat(at).as("where %s says '%s'", path, begin).isNotNegative();
        return at + begin.length();
    }

    private int end(String name) {
        String end = comment(name + ": END");
        int at = text.indexOf(end);
        assertThat(at).as("where %s says '%s'", path, end).isGreaterThanOrEqualTo(begin(name));
        return at;
    }

    private String comment(String words) {
        return isMarkdown() ? "<!-- " + words + " -->" : "// " + words;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
