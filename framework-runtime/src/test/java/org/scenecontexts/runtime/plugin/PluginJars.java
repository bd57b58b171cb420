package org.scenecontexts.runtime.plugin;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.pf4j.Extension;
import org.scenecontexts.api.plugin.Factory;
import org.yaml.snakeyaml.Yaml;

/** Makes plugin jars for tests: compiles sources and packs them with a manifest, as a plugin author's build would. */
final class PluginJars {

    /** The same source compiles to the same classes; javac takes longer than everything else here. */
    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private final Path work;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> extensions = new ArrayList<>();

    PluginJars(Path work, String id) {
        this.work = work;
        attributes.put("Plugin-Id", id);
        attributes.put("Plugin-Version", "1.2.0");
    }

    PluginJars attribute(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    PluginJars without(String key) {
        attributes.remove(key);
        return this;
    }

    /** A transform factory of that name; its class is {@code toys.<className>}. */
    PluginJars transform(String className, String name) {
        return extension(className, factorySource(className, name, ""));
    }

    /** A class that is listed in the index of extensions. */
    PluginJars extension(String className, String source) {
        extensions.add("toys." + className);
        return source(className, source);
    }

    PluginJars source(String className, String source) {
        COMPILED.computeIfAbsent(source, text -> compile(className, text)).forEach(files::put);
        return this;
    }

    PluginJars file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** A class that was compiled, by its file name. */
    byte[] compiled(String name) {
        return files.get(name);
    }

    PluginJars drop(String name) {
        files.remove(name);
        return this;
    }

    static String factorySource(String className, String name, String body) {
        return """
                package toys;
                import org.scenecontexts.api.data.*;
                import org.scenecontexts.api.plugin.BuildContext;
                @org.pf4j.Extension
                public final class %1$s implements TransformFactory<%1$s.Config> {
                    public record Config() {}
                    %3$s
                    public String name() { return "%2$s"; }
                    public String summary() { return "A toy."; }
                    public Transform create(Config config, BuildContext context) { return new Transform() {}; }
                }
                """.formatted(className, name, body);
    }

    /** Writes the jar with its index of extensions. */
    Path write(Path jar) {
        files.put("META-INF/extensions.idx", String.join("\n", extensions).getBytes(StandardCharsets.UTF_8));
        return writeWithoutIndex(jar);
    }

    Path writeWithoutIndex(Path jar) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((key, value) -> manifest.getMainAttributes().putValue(key, value));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Writes the zip layout of PF4J: manifest, {@code classes/}, {@code lib/}. */
    Path writeZip(Path zip) {
        files.put("META-INF/extensions.idx", String.join("\n", extensions).getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> inside = new LinkedHashMap<>();
        files.forEach((name, content) -> inside.put("classes/" + name, content));
        files.clear();
        files.putAll(inside);
        return writeWithoutIndex(zip);
    }

    private static String location(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private Map<String, byte[]> compile(String className, String source) {
        try {
            Path folder = Files.createTempDirectory(work, "compile");
            Path file = Files.writeString(folder.resolve(className + ".java"), source);
            ByteArrayOutputStream messages = new ByteArrayOutputStream();
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            int code = javac.run(
                    null,
                    null,
                    messages,
                    "-proc:none",
                    "-cp",
                    String.join(
                            File.pathSeparator,
                            location(Factory.class),
                            location(Extension.class),
                            location(Yaml.class)),
                    "-d",
                    folder.toString(),
                    file.toString());
            if (code != 0) {
                throw new IllegalStateException(messages.toString(StandardCharsets.UTF_8));
            }
            Map<String, byte[]> classes = new LinkedHashMap<>();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path compiled : all.filter(at -> at.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    classes.put(
                            folder.relativize(compiled).toString().replace('\\', '/'), Files.readAllBytes(compiled));
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
