package io.github.camelsora.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts other JVMs with the class path of this one. */
public final class Jvm {
    private Jvm() {}

    /**
     * A JVM that can be started.
     *
     * @param main its main class
     * @param options options of the JVM
     * @param arguments arguments of the class
     * @return where to say what becomes of its input and output; its errors come to ours
     */
    public static ProcessBuilder of(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Below {@code mvn exec:java} the JVM's own class path is Maven's. */
    private static String classPath() {
        if (Jvm.class.getClassLoader() instanceof URLClassLoader mavens) {
            return Arrays.stream(mavens.getURLs()).map(Jvm::path).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        // Not URL.getPath, in which a blank is %20.
        return new File(URI.create(url.toString())).getPath();
    }

    /** Ends this JVM when its parent has ended, so that none is left running. */
    public static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // It has ended, too.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
