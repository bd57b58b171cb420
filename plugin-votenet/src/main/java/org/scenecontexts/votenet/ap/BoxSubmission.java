package org.scenecontexts.votenet.ap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.submission.SubmissionFiles;
import org.scenecontexts.io.submission.SubmissionLabels;
import org.scenecontexts.votenet.box.BoxBounds;

/**
 * Writes boxes as ScanNet's benchmark takes them, {@code benchmark_output/SCENE.txt}: per line the lowest and the highest corner
 * along the axes, the number of the class and the score (REFERENCE 8.9), and reads the folder again before it is called done.
 */
final class BoxSubmission {

    /** The frame in which corners are written. */
    enum Frame {
        /** That of the scans as they were recorded. */
        RAW,
        /** That of the data. */
        ALIGNED
    }

    /** Attribute of scenes that were turned to lie along the axes: what led there from the scan, row-major 4 x 4. */
    static final String ALIGNMENT = "axis-alignment";

    private static final String FOLDER = "benchmark_output";
    private static final int COLUMNS = 8;
    /** Of NumPy's text files, one before the point. */
    private static final int DIGITS = 19;

    private final SubmissionFiles files;
    private final List<Integer> numbers;
    private final Frame frame;
    private final Consumer<String> warn;
    private final FileNames names = new FileNames();
    private final Map<String, Integer> written = new LinkedHashMap<>();
    private boolean told;

    /**
     * @param numbers what classes are called in the files, in class order; empty for their own numbers
     * @param warn told where a scene does not say how it was turned
     */
    BoxSubmission(Path folder, List<Integer> numbers, Frame frame, Consumer<String> warn) {
        this(numbers, frame, warn, new SubmissionFiles(folder.resolve(FOLDER)));
    }

    private BoxSubmission(List<Integer> numbers, Frame frame, Consumer<String> warn, SubmissionFiles files) {
        this.files = files;
        this.numbers = numbers;
        this.frame = frame;
        this.warn = warn;
    }

    /**
     * Files that are there.
     *
     * @param folder the folder of the files, or the one that {@code benchmark_output} lies in
     * @throws CloudException when there is no such folder, or two classes have the same number
     */
    static BoxSubmission of(Path folder, List<Integer> numbers, Frame frame, Consumer<String> warn) {
        SubmissionFiles files = SubmissionFiles.found(folder, FOLDER);
        SubmissionLabels.requireDistinct(numbers);
        return new BoxSubmission(numbers, frame, warn, files);
    }

    void write(Scene scene, List<ScoredBox> found) {
        String text = text(scene, found);
        String name = names.of(scene.id());
        SubmissionFiles.write(files.of(name), text);
        written.put(name, found.size());
    }

    String text(Scene scene, List<ScoredBox> found) {
        double[] back = back(scene);
        StringBuilder lines = new StringBuilder();
        for (ScoredBox scored : found) {
            double[] corners = bounds(scored, back);
            double[] origin = {
                scene.origin().x(), scene.origin().y(), scene.origin().z()
            };
            for (int i = 0; i < corners.length; i++) {
                lines.append(number(corners[i] + (back.length == 0 ? origin[i % 3] : 0)))
                        .append(' ');
            }
            lines.append(number(classNumber(scored.box().label()))).append(' ');
            lines.append(number(scored.score())).append('\n');
        }
        return lines.toString();
    }

    private int classNumber(int label) {
        return numbers.isEmpty() ? label : numbers.get(label);
    }

    /** What leads from the frame of the data to that of the scan, 3 x 4; empty where nothing has to be turned. */
    private double[] back(Scene scene) {
        if (frame == Frame.ALIGNED) {
            return new double[0];
        }
        float[] there =
                scene.attributes().ofScene(ALIGNMENT).map(Attribute::floats).orElse(new float[0]);
        if (there.length == 0) {
            if (!told) {
                told = true;
                warn.accept("'" + scene.id() + "' does not say how it was turned to lie along the axes (attribute '"
                        + ALIGNMENT + "'), so its boxes are submitted in the frame of the data (said once)");
            }
            return new double[0];
        }
        if (there.length != 16) {
            throw new CloudException("scene '" + scene.id() + "': the attribute '" + ALIGNMENT + "' has " + there.length
                    + " numbers; 16 are expected, a 4 x 4 matrix row by row");
        }
        return Rigid.inverse(there, scene);
    }

    /** A box as it is submitted: along the axes of the frame of the submission, around the box as it lies there. */
    Box submitted(Scene scene, Box box) {
        double[] back = back(scene);
        double[] bounds = bounds(new ScoredBox(box, 0), back);
        double[] origin = {
            scene.origin().x(), scene.origin().y(), scene.origin().z()
        };
        for (int i = 0; i < bounds.length && back.length == 0; i++) {
            bounds[i] += origin[i % 3];
        }
        return along(bounds, box.label());
    }

    private static Box along(double[] bounds, int label) {
        return new Box(
                (bounds[0] + bounds[3]) / 2,
                (bounds[1] + bounds[4]) / 2,
                (bounds[2] + bounds[5]) / 2,
                bounds[3] - bounds[0],
                bounds[4] - bounds[1],
                bounds[5] - bounds[2],
                0,
                label,
                Labels.NO_INSTANCE);
    }

    /**
     * Reads the boxes of a scene, in the frame of the submission.
     *
     * @param classes how many there are
     * @throws CloudException when the file would be refused; the message names file, line and reason
     */
    List<ScoredBox> read(String name, int classes) {
        Path file = files.of(name);
        List<String> lines = files.lines(name);
        List<ScoredBox> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ", line " + (i + 1);
            double[] values = check(place, lines.get(i));
            int label = label(place, values[COLUMNS - 2], classes);
            found.add(new ScoredBox(along(Arrays.copyOf(values, 6), label), (float) values[COLUMNS - 1]));
        }
        return found;
    }

    private int label(String place, double number, int classes) {
        for (int label = 0; label < classes; label++) {
            if (classNumber(label) == number) {
                return label;
            }
        }
        throw new CloudException(place + ": " + number + " is the number of no class; expected is one of "
                + IntStream.range(0, classes)
                        .mapToObj(label -> String.valueOf(classNumber(label)))
                        .collect(Collectors.joining(", "))
                + "; 'submission-labels' says which numbers classes have");
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

    /** Lowest corner, highest corner. */
    private static double[] bounds(ScoredBox scored, double[] back) {
        if (back.length == 0) {
            BoxBounds b = BoxBounds.of(scored.box());
            return new double[] {b.minX(), b.minY(), b.minZ(), b.maxX(), b.maxY(), b.maxZ()};
        }
        double[] bounds = new double[6];
        Arrays.fill(bounds, 0, 3, Double.POSITIVE_INFINITY);
        Arrays.fill(bounds, 3, 6, Double.NEGATIVE_INFINITY);
        for (double[] there : BoxWires.corners(scored.box())) {
            double[] corner = Rigid.moved(back, there);
            for (int axis = 0; axis < 3; axis++) {
                bounds[axis] = Math.min(bounds[axis], corner[axis]);
                bounds[3 + axis] = Math.max(bounds[3 + axis], corner[axis]);
            }
        }
        return bounds;
    }

    /** As NumPy writes a number by default: 18 digits behind the point, correctly rounded. */
    static String number(double value) {
        if (value == 0) {
            return (Double.doubleToRawLongBits(value) < 0 ? "-" : "") + "0." + "0".repeat(DIGITS - 1) + "e+00";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().abs().toString();
        int exponent = digits.length() - rounded.scale() - 1;
        digits = digits + "0".repeat(Math.max(0, DIGITS - digits.length()));
        String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + '.'
                + digits.substring(1, DIGITS)
                + 'e'
                + (exponent < 0 ? '-' : '+')
                + power;
    }

    /**
     * Reads all files again, as a server would.
     *
     * @throws CloudException when one of them would be refused; the message names file, line and column
     */
    void validate() {
        written.forEach((name, boxes) -> {
            Path file = files.of(name);
            List<String> lines = files.lines(name);
            if (lines.size() != boxes) {
                throw new CloudException(file + ": has " + lines.size() + " lines, but " + boxes
                        + " boxes were written; something else has changed it: run the evaluation again");
            }
            for (int i = 0; i < lines.size(); i++) {
                check(file + ", line " + (i + 1), lines.get(i));
            }
        });
    }

    private static double[] check(String place, String line) {
        List<Double> values = new ArrayList<>();
        for (String word : line.split(" ")) {
            try {
                values.add(Double.parseDouble(word));
            } catch (NumberFormatException e) {
                throw new CloudException(place + ": '" + word + "' is no number", e);
            }
        }
        if (values.size() != COLUMNS || values.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new CloudException(place + ": " + COLUMNS + " finite numbers are expected, found '" + line + "'");
        }
        for (int axis = 0; axis < 3; axis++) {
            if (values.get(axis) > values.get(3 + axis)) {
                throw new CloudException(place + ": the lowest corner lies above the highest along "
                        + "xyz".charAt(axis) + ": '" + line + "'");
            }
        }
        double score = values.get(COLUMNS - 1);
        if (!(score >= 0 && score <= 1)) {
            throw new CloudException(place + ": a score from 0 to 1 is expected, found " + score);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
