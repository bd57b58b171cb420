package org.scenecontexts.pointgroup.ap;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.submission.SubmissionFiles;
import org.scenecontexts.io.submission.SubmissionLabels;
import org.scenecontexts.pointgroup.cluster.Proposal;

/**
 * The files that ScanNet's server takes: {@code benchmark_instance/SCENE.txt} with a line per object, and a mask for each
 * (REFERENCE 7.6). Writes them, and reads them as strictly as the server, so that a folder that it would refuse is found out
 * here.
 */
final class InstanceSubmission {

    private static final String FOLDER = "benchmark_instance";
    private static final String MASKS = "predicted_masks";
    private static final String ENDING = ".txt";
    private static final int WORDS = 3;

    private final SubmissionFiles files;
    private final List<Integer> numbers;
    private final Map<Integer, Integer> classOf = new HashMap<>();
    private final Map<String, Integer> written = new LinkedHashMap<>();

    private InstanceSubmission(SubmissionFiles files, int classes, List<Integer> numbers) {
        this.files = files;
        this.numbers = numbers.isEmpty() ? IntStream.range(0, classes).boxed().toList() : numbers;
        for (int i = 0; i < this.numbers.size(); i++) {
            classOf.put(this.numbers.get(i), i);
        }
    }

    /**
     * Files that are to be written.
     *
     * @param exports the folder that {@code benchmark_instance} belongs in
     * @param classes how many there are
     * @param numbers what classes are called in the files, in class order; empty for their own numbers
     */
    static InstanceSubmission in(Path exports, int classes, List<Integer> numbers) {
        return new InstanceSubmission(new SubmissionFiles(exports.resolve(FOLDER)), classes, numbers);
    }

    /**
     * Files that are there.
     *
     * @param folder the folder of the files, or the one that {@code benchmark_instance} lies in
     * @throws CloudException when there is no such folder, or two classes have the same number
     */
    static InstanceSubmission of(Path folder, int classes, List<Integer> numbers) {
        SubmissionFiles files = SubmissionFiles.found(folder, FOLDER);
        SubmissionLabels.requireDistinct(numbers);
        return new InstanceSubmission(files, classes, numbers);
    }

    /** A list of the objects of a scene, and a mask for each. */
    void write(String name, Scene scene, List<ScenePrediction.Instance> found) {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            ScenePrediction.Instance instance = found.get(k);
            String mask = String.format(Locale.ROOT, "%s/%s_%03d%s", MASKS, name, k, ENDING);
            lines.add(mask + " " + numbers.get(instance.label()) + " " + confidence(instance.score()));
            SubmissionFiles.write(files.folder().resolve(mask), maskText(scene.size(), instance.points()));
        }
        SubmissionFiles.write(files.of(name), String.join("\n", lines));
        written.put(name, scene.size());
    }

    private static String confidence(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }

    /** A confidence as a server reads it: with the four decimals that files have. */
    static double submitted(double score) {
        return Double.parseDouble(confidence(score));
    }

    private static String maskText(int size, int[] points) {
        char[] text = new char[2 * size];
        for (int i = 0; i < size; i++) {
            text[2 * i] = '0';
            text[2 * i + 1] = '\n';
        }
        for (int point : points) {
            text[2 * point] = '1';
        }
        return new String(text);
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
     * Reads the objects of a scene.
     *
     * @param points how many the scene has
     * @throws CloudException when a file would be refused; the message names file, line and reason
     */
    List<Proposal> read(String name, int points) {
        Path file = files.of(name);
        List<String> lines = files.lines(name);
        List<Proposal> found = new ArrayList<>();
        Set<String> masks = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ", line " + (i + 1);
            String[] words = lines.get(i).strip().split("\\s+");
            if (words.length != WORDS) {
                throw new CloudException(place + ": expected a mask, the number of a class and a confidence, found '"
                        + lines.get(i) + "'");
            }
            if (!masks.add(words[0])) {
                throw new CloudException(place + ": names the mask '" + words[0] + "' a second time");
            }
            found.add(new Proposal(label(place, words[1]), confidence(place, words[2]), mask(place, words[0], points)));
        }
        return found;
    }

    private int label(String place, String word) {
        Integer label = word.matches("\\d{1,9}") ? classOf.get(Integer.parseInt(word)) : null;
        if (label == null) {
            throw new CloudException(place + ": '" + word + "' is the number of no class; expected is one of "
                    + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + "; 'submission-labels' says which numbers classes have");
        }
        return label;
    }

    private static double confidence(String place, String word) {
        try {
            double confidence = Double.parseDouble(word);
            if (Double.isFinite(confidence)) {
                return confidence;
            }
            throw new CloudException(place + ": a finite confidence is expected, found '" + word + "'");
        } catch (NumberFormatException e) {
            throw new CloudException(place + ": a confidence is expected, found '" + word + "'", e);
        }
    }

    private int[] mask(String place, String word, int points) {
        Path file = maskFile(place, word);
        if (!Files.isRegularFile(file)) {
            throw new CloudException(place + ": there is no mask '" + word + "'");
        }
        List<String> lines = SubmissionFiles.lines(file);
        if (lines.size() != points) {
            throw new CloudException(file + ": has " + lines.size() + " lines, but the scene has " + points
                    + " points; one line for each is expected, in their order");
        }
        for (int i = 0; i < points; i++) {
            String line = lines.get(i);
            if (!line.equals("0") && !line.equals("1")) {
                throw new CloudException(file + ", line " + (i + 1) + ": 0 or 1 is expected, found '" + line + "'");
            }
        }
        int[] members =
                IntStream.range(0, points).filter(i -> lines.get(i).equals("1")).toArray();
        if (members.length == 0) {
            throw new CloudException(file + ": is empty: no point belongs to the object");
        }
        return members;
    }

    private Path maskFile(String place, String word) {
        try {
            Path folder = files.folder();
            Path file = folder.resolve(word).normalize();
            if (!Path.of(word).isAbsolute() && file.startsWith(folder.normalize())) {
                return file;
            }
            throw new CloudException(place + ": the mask '" + word + "' does not lie in " + folder);
        } catch (InvalidPathException e) {
            throw new CloudException(place + ": '" + word + "' cannot be the name of a mask: " + e.getReason(), e);
        }
    }

    /**
     * Looks for lists that belong to no scene.
     *
     * @param names of the files that belong there
     * @throws CloudException when there are others
     */
    void requireNoOthers(Set<String> names) {
        files.requireNoOthers(names);
    }
}
