package io.github.camelsora.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs a program in a JVM of its own whose class path lacks some jars. */
public final class ForkedJvm {
    private ForkedJvm() {}

    /**
     * Runs a program, which must end with 0.
     *
     * @param main its class
     * @param absent the names of the jars that are left out
     * @param folder where to log
     * @return the lines of the JVM about the classes that it has loaded
     */
    public static String classesLoadedBy(Class<?> main, Pattern absent, Path folder) throws Exception {
        Path log = folder.resolve("classes.txt");
        Path output = folder.resolve("output.txt");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !absent.matcher(new File(entry).getName()).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        main.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
        return Files.readString(log);
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
