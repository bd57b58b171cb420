package org.scenecontexts.cli.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.runtime.config.Names;

/**
 * A Maven project with one small part that works, so that writing a plugin begins with changing something rather than with a
 * build file.
 *
 * @param name of the part in pipelines, of the plugin and of the project
 * @param kind of the part
 * @param packageName of its classes
 * @param version of csc's artefacts
 * @param requires range of versions of the API, for the manifest
 * @param repository folder with csc's artefacts as a Maven repository; empty where the build finds them in the user's own
 * @since 0.2
 */
public record PluginProject(
        String name, PluginKind kind, String packageName, String version, String requires, Optional<Path> repository) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern IDENTIFIER =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    /** Java Language Specification, 3.9 and 3.10: words that no package can be called. */
    private static final Set<String> JAVA_WORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " final finally float for goto if implements import instanceof int interface long native new"
                            + " package private protected public return short static strictfp super switch synchronized"
                            + " this throw throws transient try void volatile while _ true false null")
                    .split(" "));

    private static final List<String> WRAPPER =
            List.of("mvnw", "mvnw.cmd", ".mvn/find-jdk.sh", ".mvn/wrapper/maven-wrapper.properties");

    /** @throws IllegalArgumentException when it could not be compiled; the message says what to write instead */
    public PluginProject {
        if (!NAME.matcher(name).matches()) {
            String near = Names.hyphenated(name.strip().replaceAll("[^A-Za-z0-9]+", "-"))
                    .replaceAll("^[^a-z]+|-+$", "");
            throw new IllegalArgumentException("NAME: '" + name
                    + "' is no name for a pipeline; expected lower-case words joined by hyphens, the first"
                    + " character a letter" + (NAME.matcher(near).matches() ? ", such as '" + near + "'" : ""));
        }
        if (!isPackage(packageName)) {
            throw new IllegalArgumentException("--package: '" + packageName
                    + "' is no name of a Java package (a word of the language, or no identifier); write --package"
                    + " org.example.segmentation");
        }
        Pattern factory = Pattern.compile("\\b" + className(name) + "Factory\\b");
        if (factory.matcher(resource(kind.folder() + "/Factory.java.txt")).find()) {
            throw new IllegalArgumentException("NAME: its class would be called " + className(name)
                    + "Factory like one of csc's that it needs; choose another name, such as 'my-" + name + "'");
        }
    }

    /** Not asked of {@code javax.lang.model}: an image of csc with a Java of its own has no compiler. */
    private static boolean isPackage(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .allMatch(word -> IDENTIFIER.matcher(word).matches() && !JAVA_WORDS.contains(word));
    }

    /** The package that a name leads to where none is given. */
    public static String packageOf(String name) {
        return "com.example." + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String className(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Where the classes lie, below a folder of sources. */
    private String sources() {
        return packageName.replace('.', '/');
    }

    /** The class that an author changes first. */
    public String mainClass() {
        return "src/main/java/" + sources() + "/" + className(name) + "Factory.java";
    }

    /** The jar that the build makes. */
    public String jar() {
        return "target/" + name + "-1.0.0.jar";
    }

    /** What to type in its folder, in order, with a word about each. */
    public Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("./mvnw package", "builds it and runs its tests");
        commands.put("csc plugins check " + jar(), "says what is wrong with the jar");
        commands.put("csc run pipeline.yaml --plugins target", "trains and measures with it");
        return commands;
    }

    /**
     * Writes the project; either all of it is there in the end, or nothing.
     *
     * @param folder does not exist
     * @return the files, relative to it
     */
    public List<String> write(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        Files.createDirectories(parent);
        Path made = Files.createTempDirectory(parent, ".csc-new-");
        try {
            Map<String, String> files = files();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path at = made.resolve(file.getKey());
                Files.createDirectories(at.getParent());
                Files.writeString(at, file.getValue());
            }
            if (!made.resolve("mvnw").toFile().setExecutable(true)) {
                throw new IOException("mvnw in " + made + " cannot be made executable");
            }
            Files.createDirectory(folder);
            try (Stream<Path> entries = Files.list(made)) {
                for (Path entry : entries.toList()) {
                    Files.move(entry, folder.resolve(entry.getFileName()));
                }
            }
            return List.copyOf(files.keySet());
        } finally {
            remove(made);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        String test = "src/test/java/" + sources() + "/" + className(name) + "FactoryTest.java";
        files.put(mainClass(), filled(kind.folder() + "/Factory.java.txt"));
        files.put(test, filled(kind.folder() + "/Test.java.txt"));
        files.put("pipeline.yaml", filled(kind.folder() + "/pipeline.yaml"));
        kind.files().forEach(file -> files.put(file, resource(kind.folder() + "/" + file)));
        files.put("pom.xml", filled("common/pom.xml"));
        files.put("README.md", filled("common/README.md.txt"));
        files.put(".gitignore", resource("common/gitignore.txt"));
        WRAPPER.forEach(file -> files.put(file, resource("wrapper/" + file)));
        return files;
    }

    private String filled(String template) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("@NAME@", name);
        values.put("@CLASS@", className(name));
        values.put("@PACKAGE@", packageName);
        values.put("@FOLDER@", sources());
        values.put("@KIND@", kind.noun());
        values.put("@VERSION@", version);
        values.put(
                "@REQUIRES@",
                requires.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        values.put("@DESCRIPTION@", capital(kind.example()) + ".");
        values.put("@COMMANDS@", commandLines());
        values.put("@WHERE@", where());
        values.put("@REPOSITORY_PROPERTY@", property());
        values.put("@REPOSITORIES@", repository.isPresent() ? resource("common/repositories.txt") : "");
        String text = resource(template);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String commandLines() {
        return commands().entrySet().stream()
                .map(command -> "    %-50s # %s".formatted(command.getKey(), command.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String property() {
        return repository
                .map(folder -> "    <!-- csc's own artefacts; another place: -Dcsc.repository=file:///... -->\n"
                        + "    <csc.repository>" + xml(address(folder)) + "</csc.repository>\n")
                .orElse("");
    }

    private String where() {
        return repository
                .map(folder ->
                        "`csc.repository` in `pom.xml` names the folder `repository` of the csc that made this project."
                                + " Where csc has moved,\nor on another machine, write its place there, or give it with"
                                + " `./mvnw -Dcsc.repository=file:///place/of/csc/repository package`.\nAll else comes from"
                                + " Maven Central. A mirror of everything (`*`) in your `settings.xml` hides the folder: write"
                                + " `external:*` there,\nor put the artefacts into your local repository with `./mvnw install"
                                + " -DskipTests` in a clone of csc.")
                .orElse(
                        "Once, in a clone of csc: `./mvnw install -DskipTests` puts csc's artefacts where Maven looks for"
                                + " them. All else comes from\nMaven Central.");
    }

    private static String address(Path folder) {
        return folder.toAbsolutePath().normalize().toUri().toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String resource(String name) {
        try (InputStream in = PluginProject.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the template " + name + " is not in this installation; install csc again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the template " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
