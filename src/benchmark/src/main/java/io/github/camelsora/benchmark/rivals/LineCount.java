package io.github.camelsora.benchmark.rivals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the lines that the user of a rival writes: no blank ones, no comments, and in Java no imports and no package. What a library
 * gives to be copied is in a folder of its own, and not counted.
 */
final class LineCount {
    private static final Path JAVA =
            Path.of("src/main/java", LineCount.class.getPackageName().split("\\."));
    private static final Path RESOURCES = Path.of("src/main/resources/rivals");

    private LineCount() {}

    static int of(Rival rival) {
        List<Path> folders = new ArrayList<>();
        rival.sources().map(JAVA::resolve).ifPresent(folders::add);
        folders.add(RESOURCES.resolve(rival.resources()));
        return folders.stream()
                .filter(Files::isDirectory)
                .mapToInt(LineCount::in)
                .sum();
    }

    private static int in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("package-info.java"))
                    .mapToInt(LineCount::inFile)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int inFile(Path file) {
        try {
            String name = file.getFileName().toString();
            return count(Files.readString(file), name.substring(name.lastIndexOf('.') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int count(String text, String ending) {
        String code = ending.equals("java") ? text.replaceAll("(?s)/\\*.*?\\*/", "") : text;
        return (int) code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !isComment(line, ending))
                .filter(line -> !ending.equals("java") || !line.matches("(import|package) .*;"))
                .count();
    }

    private static boolean isComment(String line, String ending) {
        return switch (ending) {
            case "java" -> line.startsWith("//");
            case "sql" -> line.startsWith("--");
            default -> line.startsWith("#");
        };
    }
}
