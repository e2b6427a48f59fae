package io.github.camelsora.docs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A part of this JVM's class path: this component, the modules of Camel that an application names, and what these need. Of
 * other jars it has all, but for those that a route has to name. What all parts have in common is loaded once, which saves most
 * of the time of a start.
 */
final class ModulePath {
    /** What camel-main with YAML routes and this component brings. */
    private static final List<String> BASE =
            List.of("camel-main", "camel-yaml-dsl", "camel-support", "camel-http", "camel-jackson");

    private static final Set<String> NAMED_LIBRARIES = Set.of("commons-csv", "h2");

    private static final Pattern JAR = Pattern.compile("(.+?)-\\d[^/]*\\.jar");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern CAMEL_ARTIFACT =
            Pattern.compile("<groupId>org.apache.camel</groupId>\\s*<artifactId>(.+?)</artifactId>");

    private static final ModulePath COMMON = common();
    private static final ClassLoader COMMON_LOADER =
            new URLClassLoader(urls(COMMON.parts), ClassLoader.getPlatformClassLoader());

    private final Map<String, Path> jars = new LinkedHashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Path> parts = new LinkedHashSet<>();

    private ModulePath() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            Matcher jar = JAR.matcher(path.getFileName().toString());
            if (Files.isDirectory(path)) {
                folders.add(path);
            } else if (jar.matches()) {
                jars.put(jar.group(1), path);
            }
        }
    }

    private static ModulePath common() {
        ModulePath path = new ModulePath();
        path.jars.forEach((artifact, jar) -> {
            if (!artifact.startsWith("camel-") && !NAMED_LIBRARIES.contains(artifact)) {
                path.parts.add(jar);
            }
        });
        BASE.forEach(path::add);
        return path;
    }

    /**
     * A class loader of this part, which shares no class with this JVM but the JDK's. Its own classes are those of this component,
     * which may look for classes of the modules, and the modules.
     */
    static URLClassLoader loader(Collection<String> modules) {
        ModulePath path = new ModulePath();
        path.parts.addAll(COMMON.parts);
        modules.stream().map(module -> module.replaceFirst(".*:", "")).forEach(path::add);
        path.parts.removeAll(COMMON.parts);
        path.parts.addAll(path.folders);
        return new URLClassLoader(urls(path.parts), COMMON_LOADER);
    }

    private void add(String artifact) {
        Path jar = jars.get(artifact);
        if (jar == null) {
            throw new AssertionError("There is no " + artifact + " on the class path of the tests");
        }
        if (parts.add(jar)) {
            dependencies(jar, artifact).filter(jars::containsKey).forEach(this::add);
        }
    }

    /** The modules of Camel that a module brings, from the pom.xml that each has in its jar. */
    private static Stream<String> dependencies(Path jar, String artifact) {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry pom = file.getEntry("META-INF/maven/org.apache.camel/" + artifact + "/pom.xml");
            if (pom == null) {
                return Stream.empty();
            }
            try (InputStream in = file.getInputStream(pom)) {
                return DEPENDENCY
                        .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .results()
                        .map(found -> found.group(1))
                        .filter(found -> !found.contains("<scope>test") && !found.contains("<scope>provided"))
                        .filter(found -> !found.contains("<optional>true"))
                        .flatMap(found -> CAMEL_ARTIFACT.matcher(found).results())
                        .map(found -> found.group(1))
                        .toList()
                        .stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] urls(Collection<Path> paths) {
        return paths.stream().map(ModulePath::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
