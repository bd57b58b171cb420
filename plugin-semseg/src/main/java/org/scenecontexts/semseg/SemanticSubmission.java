package org.scenecontexts.semseg;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The files that ScanNet's server takes, {@code benchmark_segmentation/SCENE.txt} with one class number per line, one line per
 * original point (REFERENCE 6.4): writes them, and reads them as strictly as the server, so that a folder that it would refuse
 * is found out here.
 */
final class SemanticSubmission {

    private static final String FOLDER = "benchmark_segmentation";
    private static final String ENDING = ".txt";
    private static final int NONE = -1;

    private final Path folder;
    private final List<Integer> numbers;
    private final Map<Integer, Integer> classOf = new HashMap<>();
    private final Map<String, Integer> written = new LinkedHashMap<>();

    private SemanticSubmission(Path folder, List<Integer> numbers) {
        this.folder = folder;
        this.numbers = numbers;
        for (int i = 0; i < numbers.size(); i++) {
            classOf.put(numbers.get(i), i);
        }
    }

    /**
     * Files that are to be written.
     *
     * @param exports the folder that {@code benchmark_segmentation} belongs in
     * @param classes how many there are
     * @param numbers what classes are called in the files, in class order; empty for their own numbers
     */
    static SemanticSubmission in(Path exports, int classes, List<Integer> numbers) {
        return new SemanticSubmission(exports.resolve(FOLDER), named(classes, numbers));
    }

    /**
     * Files that are there.
     *
     * @param folder the folder of the files, or the one that {@code benchmark_segmentation} lies in
     * @throws CloudException when there is no such folder, or two classes have the same number
     */
    static SemanticSubmission of(Path folder, int classes, List<Integer> numbers) {
        Path inside = folder.resolve(FOLDER);
        Path files = Files.isDirectory(inside) ? inside : folder;
        if (!Files.isDirectory(files)) {
            throw new CloudException(
                    folder + ": no such folder; name the one that holds SCENE.txt files, or " + FOLDER + " with them");
        }
        if (Set.copyOf(numbers).size() < numbers.size()) {
            throw new CloudException("'submission-labels' gives two classes the same number, so that files do not"
                    + " say which is meant: " + numbers + "; give each its own");
        }
        return new SemanticSubmission(files, named(classes, numbers));
    }

    private static List<Integer> named(int classes, List<Integer> numbers) {
        return numbers.isEmpty() ? IntStream.range(0, classes).boxed().toList() : numbers;
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /** @param labels class per original point; negative for none */
    void write(String name, int[] labels) {
        AtomicFile.write(file(name), out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            StringBuilder lines = new StringBuilder();
            for (int label : labels) {
                lines.append(label < 0 ? label : numbers.get(label)).append('\n');
            }
            text.write(lines.toString());
            text.flush();
        });
        written.put(name, labels.length);
    }

    /**
     * Reads all files again that were written.
     *
     * @throws CloudException when one of them would be refused
     */
    void validate() {
        written.forEach(this::read);
        requireNoOthers(written.keySet());
    }

    /**
     * Reads the file of a scene.
     *
     * @param points how many the scene has
     * @return class per point, {@code [N]}; {@link Labels#IGNORE} where the file says that there is none
     * @throws CloudException when it would be refused; the message names file, line and reason
     */
    int[] read(String name, int points) {
        Path file = file(name);
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; one for every scene of the data is expected");
        }
        List<String> lines = lines(file);
        if (lines.size() != points) {
            throw new CloudException(file + ": has " + lines.size() + " lines, but the scene has " + points
                    + " points; one line for each is expected, in their order");
        }
        int[] labels = new int[points];
        for (int i = 0; i < points; i++) {
            labels[i] = label(file, i, lines.get(i));
        }
        return labels;
    }

    private int label(Path file, int index, String line) {
        try {
            int number = Integer.parseInt(line.strip());
            Integer label = classOf.get(number);
            if (label != null) {
                return label;
            }
            // ScanNet's number for what nobody annotated is 0; this program writes -1 where a network saw nothing.
            if (number == 0 || number == NONE) {
                return Labels.IGNORE;
            }
            throw new CloudException(file + ", line " + (index + 1) + ": " + number
                    + " is the number of no class; expected is one of "
                    + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + "; 'submission-labels' says which numbers classes have");
        } catch (NumberFormatException e) {
            throw new CloudException(
                    file + ", line " + (index + 1) + ": a whole number is expected, found '" + line + "'", e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            // Whatever the bytes are, a line that is no number is named as one.
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Looks for files that belong to no scene.
     *
     * @param names of the files that belong there
     * @throws CloudException when there are others
     */
    void requireNoOthers(Set<String> names) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING)
                            && !names.contains(file.substring(0, file.length() - ENDING.length())))
                    .sorted()
                    .findFirst()
                    .ifPresent(file -> {
                        throw new CloudException(folder.resolve(file) + ": belongs to none of the " + names.size()
                                + " scenes; take it away, or name the data that it belongs to");
                    });
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
    }
}
