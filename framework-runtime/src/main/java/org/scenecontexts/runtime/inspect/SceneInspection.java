package org.scenecontexts.runtime.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.cloud.CloudChecks;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Tells what is in a scene before anybody trains on it: counts, extents, classes, sizes of objects, and what looks as if unit or
 * frame were not metres with z up.
 *
 * @since 0.2
 */
public final class SceneInspection {

    /** More different numbers than this are no classes. */
    private static final int MOST_CLASSES = 256;

    private static final List<String> CLASS_FIELDS =
            List.of("label", "labels", "class", "classification", "semantic", "category", "truth", "label_true");

    private static final List<String> OBJECT_FIELDS =
            List.of("instance", "instances", "instance_id", "object", "object_id", "ins_label");

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private SceneInspection() {}

    /**
     * What a scene of a data set says.
     *
     * @param classes of the data set; may be none
     */
    public static SceneInspection of(Scene scene, SceneClasses classes) {
        SceneInspection inspection = new SceneInspection();
        inspection.geometry(scene);
        CloudChecks.units(scene.id(), scene.positions()).ifPresent(inspection.warnings::add);
        inspection.parts(scene);
        if (scene.labels().length > 0) {
            inspection.facts.put("classes", histogram(widened(scene.labels()), classes));
        }
        if (scene.instances().length > 0) {
            inspection.facts.put("instances", sizes(widened(scene.instances())));
        }
        if (!scene.boxes().isEmpty()) {
            inspection.facts.put("boxes", grouped(scene.boxes().size()));
        }
        return inspection;
    }

    /**
     * What a cloud says that belongs to no data set: besides its points, fields that look like classes or objects.
     *
     * @param scene made of the cloud
     */
    public static SceneInspection of(PointCloud cloud, Scene scene) {
        SceneInspection inspection = new SceneInspection();
        inspection.geometry(scene);
        inspection.parts(scene);
        inspection.facts.put(
                "fields",
                String.join(
                        ", ",
                        cloud.columns().stream()
                                .map(column -> column.name() + " "
                                        + column.type().name().toLowerCase(Locale.ROOT)
                                        + (column.width() == 1 ? "" : " x " + column.width()))
                                .toList()));
        whole(cloud, CLASS_FIELDS)
                .ifPresent(column -> inspection.facts.put(
                        "classes",
                        "(field '" + column.name() + "') "
                                + histogram(column.values().longs(), SceneClasses.none())));
        whole(cloud, OBJECT_FIELDS)
                .ifPresent(column -> inspection.facts.put(
                        "instances",
                        "(field '" + column.name() + "') "
                                + sizes(column.values().longs())));
        if (scene.size() < cloud.size()) {
            inspection.facts.put(
                    "left out", grouped(cloud.size() - scene.size()) + " of " + grouped(cloud.size()) + " points");
        }
        return inspection;
    }

    /** Such a field of whole numbers, whatever its type. */
    private static Optional<Column> whole(PointCloud cloud, List<String> names) {
        return cloud.columns().stream()
                .filter(column -> column.width() == 1
                        && names.contains(column.name().toLowerCase(Locale.ROOT))
                        && isWhole(column))
                .findFirst()
                .map(column -> column.type().isFloating()
                        ? new Column(column.name(), column.values().as(ArrayElement.INT64))
                        : column);
    }

    private static boolean isWhole(Column column) {
        return !column.type().isFloating()
                || Arrays.stream(column.values().doubles()).allMatch(value -> value == Math.rint(value));
    }

    private void geometry(Scene scene) {
        double[][] bounds = bounds(scene);
        double[] sides = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            sides[axis] = bounds[1][axis] - bounds[0][axis];
        }
        facts.put("points", grouped(scene.size()));
        long finite = finite(scene);
        if (finite < scene.size() || finite == 0) {
            warnings.add(scene.id() + ": " + grouped(scene.size() - finite) + " of " + grouped(scene.size())
                    + " points have no finite position; "
                    + (finite == 0 ? "nothing can be learnt of it" : "they are in no picture")
                    + ", check what wrote them");
        }
        if (finite == 0) {
            return;
        }
        facts.put(
                "extent",
                String.format(
                        Locale.ROOT,
                        "%.2f x %.2f x %.2f m, from %.2f %.2f %.2f to %.2f %.2f %.2f",
                        sides[0],
                        sides[1],
                        sides[2],
                        scene.origin().at(0) + bounds[0][0],
                        scene.origin().at(1) + bounds[0][1],
                        scene.origin().at(2) + bounds[0][2],
                        scene.origin().at(0) + bounds[1][0],
                        scene.origin().at(1) + bounds[1][1],
                        scene.origin().at(2) + bounds[1][2]));
        if (sides[0] * sides[1] > 0) {
            facts.put(
                    "density",
                    String.format(
                            Locale.ROOT,
                            "%.0f points per square metre seen from above",
                            scene.size() / (sides[0] * sides[1])));
        }
        upright(scene, sides, bounds[0]);
    }

    /** Floors, tables and ceilings put many points at one height; another axis that does so much more is likely to be up. */
    private void upright(Scene scene, double[] sides, double[] low) {
        double[] peaks = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int cells = 50;
            int[] counts = new int[cells + 1];
            for (int i = axis; i < scene.positions().length && sides[axis] > 0; i += 3) {
                if (Float.isFinite(scene.positions()[i])) {
                    counts[(int) ((scene.positions()[i] - low[axis]) / sides[axis] * cells)]++;
                }
            }
            peaks[axis] = Arrays.stream(counts).max().orElse(0) / (double) Math.max(1, scene.size());
        }
        int best = peaks[0] > peaks[1] ? 0 : 1;
        if (sides[2] > 0 && peaks[best] > 1.5 * peaks[2] && sides[best] < sides[2]) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s looks as if %s were up rather than z: %.0f%% of the points lie in one fiftieth of its extent, along z"
                            + " %.0f%%; look at the picture, and try 'up: %s' or 'up: minus-%s' (a guess)",
                    scene.id(),
                    "xy".charAt(best),
                    100 * peaks[best],
                    100 * peaks[2],
                    "xy".charAt(best),
                    "xy".charAt(best)));
        }
    }

    private void parts(Scene scene) {
        List<String> has = new ArrayList<>();
        if (scene.colours().length > 0) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float value : scene.colours()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            has.add(String.format(Locale.ROOT, "colours %.0f to %.0f", low, high));
            if (low == high) {
                warnings.add(scene.id() + ": all its colours are " + Math.round(low) + "; they say nothing");
            }
        }
        if (scene.normals().length > 0) {
            has.add("normals");
        }
        for (Attribute attribute : scene.attributes().points().values()) {
            has.add(attribute.name() + (attribute.width() == 1 ? "" : " x " + attribute.width()));
        }
        facts.put("has", has.isEmpty() ? "positions alone" : String.join(", ", has));
    }

    private static long finite(Scene scene) {
        float[] p = scene.positions();
        return IntStream.range(0, scene.size())
                .filter(i -> Float.isFinite(p[3 * i]) && Float.isFinite(p[3 * i + 1]) && Float.isFinite(p[3 * i + 2]))
                .count();
    }

    private static double[][] bounds(Scene scene) {
        double[] low = new double[3];
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < scene.positions().length; i++) {
            float value = scene.positions()[i];
            if (Float.isFinite(value)) {
                low[i % 3] = Math.min(low[i % 3], value);
                high[i % 3] = Math.max(high[i % 3], value);
            }
        }
        return new double[][] {low, high};
    }

    private static long[] widened(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static Map<Long, Long> counts(long[] values) {
        Map<Long, Long> counts = new TreeMap<>();
        for (long value : values) {
            counts.merge(value, 1L, Long::sum);
        }
        return counts;
    }

    private static String histogram(long[] labels, SceneClasses classes) {
        Map<Long, Long> counts = counts(labels);
        if (counts.size() > MOST_CLASSES) {
            return counts.size() + " different numbers, too many to be classes";
        }
        List<String> words = new ArrayList<>();
        long without = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            long label = entry.getKey();
            if (label < 0) {
                without += entry.getValue();
                continue;
            }
            String name = label < classes.count() ? classes.names().get((int) label) : Long.toString(label);
            words.add(name + " " + grouped(entry.getValue()) + share(entry.getValue(), labels.length));
        }
        if (without > 0) {
            words.add("without a class " + grouped(without) + share(without, labels.length));
        }
        return String.join(", ", words);
    }

    private static String share(long part, int all) {
        return String.format(Locale.ROOT, " (%.1f%%)", 100.0 * part / Math.max(1, all));
    }

    private static String sizes(long[] instances) {
        long[] sizes = counts(instances).entrySet().stream()
                .filter(entry -> entry.getKey() >= 0)
                .mapToLong(Map.Entry::getValue)
                .sorted()
                .toArray();
        return sizes.length == 0
                ? "none"
                : sizes.length + ", of " + grouped(sizes[0]) + " to " + grouped(sizes[sizes.length - 1])
                        + " points, half of them of " + grouped(sizes[sizes.length / 2]) + " or more";
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The facts, by name, in the order in which they are told. */
    public Map<String, String> facts() {
        return new LinkedHashMap<>(facts);
    }

    /** What looks wrong; may be nothing. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
