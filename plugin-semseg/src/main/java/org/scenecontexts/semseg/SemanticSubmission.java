package org.scenecontexts.semseg;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.io.submission.SubmissionFiles;
import org.scenecontexts.io.submission.SubmissionLabels;

/**
 * The files that ScanNet's server takes, {@code benchmark_segmentation/SCENE.txt} with one class number per line, one line per
 * original point (REFERENCE 6.4): writes them, and reads them as strictly as the server, so that a folder that it would refuse
 * is found out here.
 */
final class SemanticSubmission {

    private static final String FOLDER = "benchmark_segmentation";
    private static final int NONE = -1;

    private final SubmissionFiles files;
    private final List<Integer> numbers;
    private final Map<Integer, Integer> classOf = new HashMap<>();
    private final Map<String, Integer> written = new LinkedHashMap<>();

    private SemanticSubmission(SubmissionFiles files, List<Integer> numbers) {
        this.files = files;
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
        return new SemanticSubmission(new SubmissionFiles(exports.resolve(FOLDER)), named(classes, numbers));
    }

    /**
     * Files that are there.
     *
     * @param folder the folder of the files, or the one that {@code benchmark_segmentation} lies in
     * @throws CloudException when there is no such folder, or two classes have the same number
     */
    static SemanticSubmission of(Path folder, int classes, List<Integer> numbers) {
        SubmissionFiles files = SubmissionFiles.found(folder, FOLDER);
        SubmissionLabels.requireDistinct(numbers);
        return new SemanticSubmission(files, named(classes, numbers));
    }

    private static List<Integer> named(int classes, List<Integer> numbers) {
        return numbers.isEmpty() ? IntStream.range(0, classes).boxed().toList() : numbers;
    }

    /** @param labels class per original point; negative for none */
    void write(String name, int[] labels) {
        StringBuilder lines = new StringBuilder();
        for (int label : labels) {
            lines.append(label < 0 ? label : numbers.get(label)).append('\n');
        }
        SubmissionFiles.write(files.of(name), lines.toString());
        written.put(name, labels.length);
    }

    /**
     * Reads all files again that were written.
     *
     * @throws CloudException when one of them would be refused
     */
    void validate() {
        written.forEach(this::read);
        files.requireNoOthers(written.keySet());
    }

    /**
     * Reads the file of a scene.
     *
     * @param points how many the scene has
     * @return class per point, {@code [N]}; {@link Labels#IGNORE} where the file says that there is none
     * @throws CloudException when it would be refused; the message names file, line and reason
     */
    int[] read(String name, int points) {
        Path file = files.of(name);
        List<String> lines = files.lines(name);
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

    /**
     * Looks for files that belong to no scene.
     *
     * @param names of the files that belong there
     * @throws CloudException when there are others
     */
    void requireNoOthers(Set<String> names) {
        files.requireNoOthers(names);
    }
}
