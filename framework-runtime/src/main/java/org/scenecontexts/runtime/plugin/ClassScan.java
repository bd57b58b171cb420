package org.scenecontexts.runtime.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.scenecontexts.runtime.guard.SharedClasses;

/**
 * What the class files of a plugin say without being loaded, so that a fault is found before the part that has it is used:
 * the JVM links a class only when somebody asks for it.
 *
 * @param versions class file version of every class, by its name
 * @param extensions classes with PF4J's {@code @Extension}
 * @param shared classes that csc has too and takes from itself, see {@link SharedClasses}
 * @param uses the classes that each class names
 */
record ClassScan(
        Map<String, Integer> versions, Set<String> extensions, Set<String> shared, Map<String, Set<String>> uses) {

    private static final ClassDesc EXTENSION = ClassDesc.of("org.pf4j.Extension");
    private static final int MAGIC = 0xCAFEBABE;

    /** Class file version of the running Java. */
    static final int NEWEST = ClassFile.latestMajorVersion();

    /** Reads a plugin that was found sound: a jar, or a folder with {@code classes/} and {@code lib/}. */
    static ClassScan of(Path root) throws IOException {
        ClassScan scan = new ClassScan(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        if (Files.isRegularFile(root)) {
            scan.archive(root);
            return scan;
        }
        for (Path file : files(root.resolve("classes"))) {
            if (file.toString().endsWith(".class")) {
                scan.add(Files.readAllBytes(file));
            }
        }
        for (Path file : files(root.resolve("lib"))) {
            if (file.toString().endsWith(".jar")) {
                scan.archive(file);
            }
        }
        return scan;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void archive(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // Of a jar for several versions of Java only what every version reads.
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    add(zip.readAllBytes());
                }
            }
        }
    }

    private void add(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < 8 || in.readInt() != MAGIC) {
                return;
            }
            in.readUnsignedShort();
            int version = in.readUnsignedShort();
            if (version <= NEWEST) {
                readable(bytes, version);
            } else {
                // The name stands in a table whose entries a newer Java may have added to.
                versions.put("class " + versions.size(), version);
            }
        }
    }

    private void readable(byte[] bytes, int version) {
        ClassModel model;
        Set<String> named = new TreeSet<>();
        try {
            model = ClassFile.of().parse(bytes);
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof ClassEntry used) {
                    element(used.asInternalName()).ifPresent(named::add);
                }
            }
            String name = model.thisClass().asInternalName().replace('/', '.');
            if (SharedClasses.isShared(name)) {
                shared.add(name);
                return;
            }
            versions.put(name, version);
            uses.put(name, named);
            if (annotations(model).stream()
                    .anyMatch(annotation -> annotation.classSymbol().equals(EXTENSION))) {
                extensions.add(name);
            }
        } catch (IllegalArgumentException e) {
            // No class file after all: loading it, where anybody does, says so.
        }
    }

    private static List<Annotation> annotations(ClassModel model) {
        List<Annotation> found = new ArrayList<>();
        model.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(attribute -> found.addAll(attribute.annotations()));
        return found;
    }

    /** The class of an entry, of the elements where it is an array; nothing for arrays of numbers. */
    private static Optional<String> element(String internalName) {
        String name = internalName;
        if (name.startsWith("[")) {
            name = name.replaceFirst("^\\[+", "");
            if (!name.startsWith("L")) {
                return Optional.empty();
            }
            name = name.substring(1, name.length() - 1);
        }
        return Optional.of(name.replace('/', '.'));
    }
}
