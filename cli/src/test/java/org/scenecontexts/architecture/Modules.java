package org.scenecontexts.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The compiled classes of all modules, told apart by the folder they were compiled to, so that the rules on module
 * borders need no list of packages and hold for a module that is added tomorrow.
 */
final class Modules {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final List<String> NAMES = list();

    private Modules() {}

    /** Names of the top-level folders that hold compiled main classes, in alphabetical order. */
    static List<String> names() {
        return NAMES;
    }

    private static List<String> list() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            var names = new TreeSet<String>();
            folders.filter(folder -> Files.exists(folder.resolve("pom.xml")) && Files.isDirectory(classes(folder)))
                    .forEach(folder -> names.add(folder.getFileName().toString()));
            return List.copyOf(names);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot list the modules in " + ROOT, e);
        }
    }

    /** Names of the top-level folders that are modules, also of those that this build left out. */
    static List<String> poms() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot list the modules in " + ROOT, e);
        }
    }

    /** Main classes of all modules. */
    static JavaClasses all() {
        return new ClassFileImporter()
                .importPaths(names().stream()
                        .map(name -> classes(ROOT.resolve(name)))
                        .toList());
    }

    /** Classes compiled from the main sources of one of the modules. */
    static DescribedPredicate<JavaClass> in(List<String> modules) {
        return describe(
                "reside in " + String.join(", ", modules),
                type -> moduleOf(type).filter(modules::contains).isPresent());
    }

    static DescribedPredicate<JavaClass> in(String... modules) {
        return in(List.of(modules));
    }

    /** The module that a class was compiled in; empty for classes of the JDK and of libraries. */
    static Optional<String> moduleOf(JavaClass type) {
        return type.getBaseComponentType()
                .getSource()
                .map(source -> source.getUri())
                .filter(uri -> "file".equals(uri.getScheme()))
                .flatMap(Modules::moduleOf);
    }

    private static Optional<String> moduleOf(URI file) {
        var path = Path.of(file);
        return names().stream()
                .filter(name -> path.startsWith(classes(ROOT.resolve(name))))
                .findFirst();
    }

    private static Path classes(Path module) {
        return module.resolve("target").resolve("classes");
    }
}
