package org.scenecontexts.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The picture of allowed dependencies as a page of the documentation draws it, so that what people read is what is checked. */
final class BorderPicture {

    /** Where it is drawn, below the project's root. */
    static final String PAGE = "docs/adr/0010-modules-and-their-borders.md";

    private static final Map<String, String> ROOTS =
            Map.of("framework-api", "org.scenecontexts.api.", "framework-runtime", "org.scenecontexts.runtime.");

    private final Map<String, List<String>> modules;
    private final List<Row> rows;

    private BorderPicture(Map<String, List<String>> modules, List<Row> rows) {
        this.modules = modules;
        this.rows = rows;
    }

    /**
     * Packages that may use one another.
     *
     * @param packages of the row
     * @param below those of the rows below it, which they may not use
     */
    record Row(String module, List<String> packages, List<String> below) {
        @Override
        public String toString() {
            return module + ": " + String.join(" ", packages);
        }
    }

    static BorderPicture read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(Modules.ROOT.resolve(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(PAGE + " cannot be read: " + e, e);
        }
        Map<String, List<String>> modules = new LinkedHashMap<>();
        for (String line : block(lines, "```modules")) {
            String[] sides = line.split("->");
            modules.put(sides[0].strip(), sides.length == 1 ? List.of() : words(sides[1]));
        }
        return new BorderPicture(modules, rows(block(lines, "```packages")));
    }

    private static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> row = words(lines.get(i));
            String module = row.getFirst();
            List<String> below = lines.subList(i + 1, lines.size()).stream()
                    .map(BorderPicture::words)
                    .filter(other -> other.getFirst().equals(module))
                    .flatMap(other -> packages(other).stream())
                    .toList();
            rows.add(new Row(module, packages(row), below));
        }
        return rows;
    }

    private static List<String> packages(List<String> row) {
        return row.stream()
                .skip(1)
                .map(name -> ROOTS.get(row.getFirst()) + name)
                .toList();
    }

    private static List<String> block(List<String> lines, String fence) {
        int from = lines.indexOf(fence) + 1;
        if (from == 0) {
            throw new IllegalStateException(PAGE + " has no block that begins with " + fence);
        }
        return lines.subList(from, from + lines.subList(from, lines.size()).indexOf("```"));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split(" +"));
    }

    List<Row> rows() {
        return rows;
    }

    boolean draws(String module) {
        return modules.keySet().stream().anyMatch(name -> matches(name, module));
    }

    /** The modules of ours that a module may use besides itself. */
    Set<String> allowed(String module) {
        Set<String> names = modules.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), module))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
        return Modules.names().stream()
                .filter(other -> names.stream().anyMatch(name -> matches(name, other)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names in the picture that no module has. */
    List<String> unknown(Collection<String> known) {
        return modules.entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(entry.getKey()), entry.getValue().stream()))
                .distinct()
                .filter(name -> known.stream().noneMatch(module -> matches(name, module)))
                .toList();
    }

    private static boolean matches(String name, String module) {
        return name.endsWith("*") ? module.startsWith(name.substring(0, name.length() - 1)) : name.equals(module);
    }
}
