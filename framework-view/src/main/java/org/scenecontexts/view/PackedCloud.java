package org.scenecontexts.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.Up;

/**
 * A cloud made small for a page: positions of 16 bits per axis within its own extent, in the order of space, thinned where
 * it has too many points, deflated.
 *
 * @param json what the page must know of it, without the place of the data
 * @param data deflated arrays
 * @param points how many points are in it
 * @param wrong part of the points with a true class whose predicted class differs, 0 to 1
 * @param confidence mean confidence of its points
 * @param notes what the user should know
 */
record PackedCloud(
        Map<String, Object> json,
        byte[] data,
        int points,
        OptionalDouble wrong,
        OptionalDouble confidence,
        List<String> notes) {

    private static final int STEPS = 65535;

    /** More different numbers than this are no classes. */
    private static final int MOST_CLASSES = 2000;

    /** The two decimals of a confidence. */
    private static final int PERCENT = 100;

    /**
     * How clouds are read.
     *
     * @param readers formats of plugins
     * @param up the axis that points upwards
     * @param wanted fields that the user names
     * @param most points that a cloud may keep
     */
    record Options(List<CloudReader> readers, Up up, CloudRoles.Wanted wanted, int most) {}

    /** Reads and packs a file; classes that are met go to the table. */
    static PackedCloud of(Path file, Options options, ClassTable classes) {
        return new Packer(file, options, classes).pack();
    }

    private static final class Packer {

        private final Path file;
        private final Options options;
        private final ClassTable classes;
        private final List<String> notes = new ArrayList<>();
        private final Map<String, Object> json = new LinkedHashMap<>();
        private final PackedArrays arrays = new PackedArrays();
        private OptionalDouble wrong = OptionalDouble.empty();
        private OptionalDouble sure = OptionalDouble.empty();

        Packer(Path file, Options options, ClassTable classes) {
            this.file = file;
            this.options = options;
            this.classes = classes;
        }

        PackedCloud pack() {
            PointCloud cloud = CloudFiles.read(file, options.readers());
            boolean written = classes.names(cloud.layout().comments());
            CloudRoles roles = CloudRoles.of(cloud, options.wanted(), written);
            CloudScene converted = CloudScenes.convert(CloudPaint.scanned(cloud), cloud.source());
            notes.addAll(converted.warnings());
            int[] kept = converted.kept();
            Scene scene = options.up().turned(converted.scene());
            Optional<int[]> label = roles.label().flatMap(field -> classes(cloud, field, kept));
            Optional<int[]> prediction = roles.prediction().flatMap(field -> classes(cloud, field, kept));
            boolean painted = isPainted(cloud, kept, prediction.or(() -> label));
            int[] order = positions(scene);
            if (scene.hasColours() && !painted) {
                colours(scene.colours(), order);
            }
            label.ifPresent(values -> classes("label", values, order));
            prediction.ifPresent(values -> classes("prediction", values, order));
            if (label.isPresent() && prediction.isPresent()) {
                wrong = wrong(label.get(), prediction.get());
            }
            roles.confidence()
                    .flatMap(field -> CloudRoles.confidence(cloud, field, kept, this::note))
                    .ifPresent(values -> confidence(values, order));
            objects("instance", "firstObject", roles.instance(), cloud, kept, order);
            objects("instanceTrue", "firstTrue", roles.instanceTrue(), cloud, kept, order);
            List<ViewBox> boxes = ViewBox.beside(file, classes);
            json.put("boxes", boxes.stream().map(this::box).toList());
            json.put("arrays", arrays.json());
            return new PackedCloud(json, arrays.finish(), order.length, wrong, sure, notes);
        }

        private void note(String text) {
            notes.add(file.getFileName() + ": " + text);
        }

        private Optional<int[]> classes(PointCloud cloud, String field, int[] kept) {
            return CloudRoles.whole(cloud, field, kept, this::note).filter(values -> {
                boolean few = CloudRoles.different(values, MOST_CLASSES + 1) <= MOST_CLASSES;
                if (!few) {
                    note("field '" + field + "' has more than " + MOST_CLASSES + " values, too many to be classes");
                }
                return few;
            });
        }

        /** Takes the colours of classes where the cloud is painted with them, and nothing else is known of its colours. */
        private boolean isPainted(PointCloud cloud, int[] kept, Optional<int[]> shown) {
            Map<Integer, Integer> palette =
                    shown.map(values -> CloudPaint.palette(cloud, kept, values)).orElse(Map.of());
            if (palette.values().stream().distinct().count() < 2) {
                return false;
            }
            palette.forEach(classes::colour);
            return CloudPaint.scanned(cloud) == cloud;
        }

        /** Adds the positions and returns the order of all arrays. */
        private int[] positions(Scene scene) {
            float[] local = scene.positions();
            double[] low = new double[3];
            double[] high = new double[3];
            double[] side = new double[3];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < local.length; i++) {
                low[i % 3] = Math.min(low[i % 3], local[i]);
                high[i % 3] = Math.max(high[i % 3], local[i]);
            }
            double[] step = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                side[axis] = high[axis] - low[axis];
                // A flat axis still needs a step; its points all lie at the first.
                step[axis] = side[axis] > 0 ? side[axis] / STEPS : 1e-6;
            }
            int[] order = SpatialOrder.of(local, low, side, options.most());
            for (int axis = 0; axis < 3; axis++) {
                int at = axis;
                arrays.add(
                        String.valueOf("xyz".charAt(axis)),
                        order.length,
                        STEPS,
                        true,
                        i -> Math.round((local[3 * order[i] + at] - low[at]) / step[at]));
            }
            json.put("name", String.valueOf(file.getFileName()));
            json.put("points", order.length);
            json.put("of", scene.size());
            json.put("low", shifted(low, scene));
            json.put("high", shifted(high, scene));
            json.put("step", step);
            json.put(
                    "back",
                    List.of(
                            options.up().back(new double[] {1, 0, 0}),
                            options.up().back(new double[] {0, 1, 0}),
                            options.up().back(new double[] {0, 0, 1})));
            if (order.length < scene.size()) {
                notes.add(String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d points are shown, evenly chosen; --points raises the limit",
                        file.getFileName(),
                        order.length,
                        scene.size()));
            }
            return order;
        }

        private static double[] shifted(double[] place, Scene scene) {
            double[] shifted = new double[3];
            Arrays.setAll(shifted, axis -> scene.origin().at(axis) + place[axis]);
            return shifted;
        }

        private void colours(float[] values, int[] order) {
            for (int channel = 0; channel < 3; channel++) {
                int at = channel;
                arrays.add(
                        List.of("red", "green", "blue").get(channel),
                        order.length,
                        255,
                        true,
                        i -> Math.clamp(Math.round(values[3 * order[i] + at]), 0, 255));
            }
        }

        private void classes(String name, int[] values, int[] order) {
            int[] rows = new int[order.length];
            int most = 0;
            for (int i = 0; i < rows.length; i++) {
                rows[i] = classes.row(values[order[i]]);
                most = Math.max(most, rows[i]);
            }
            arrays.add(name, rows.length, most, false, i -> rows[i]);
        }

        private void confidence(float[] values, int[] order) {
            sure = OptionalDouble.of(mean(values));
            arrays.add("confidence", order.length, PERCENT, false, i -> Math.round(PERCENT * values[order[i]]));
        }

        private static double mean(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        private void objects(
                String name, String first, Optional<String> field, PointCloud cloud, int[] kept, int[] order) {
            Optional<int[]> found = field.flatMap(column -> CloudRoles.whole(cloud, column, kept, this::note));
            if (found.isEmpty()) {
                return;
            }
            int[] values = found.get();
            int least = Arrays.stream(values).filter(value -> value >= 0).min().orElse(0);
            int most = Arrays.stream(values).max().orElse(0);
            json.put(first, least);
            arrays.add(
                    name,
                    order.length,
                    Math.max(0L, (long) most - least + 1),
                    false,
                    i -> values[order[i]] < 0 ? 0 : (long) values[order[i]] - least + 1);
        }

        private Map<String, Object> box(ViewBox box) {
            double[][] corners = new double[box.corners().length][];
            for (int c = 0; c < corners.length; c++) {
                corners[c] = turned(box.corners()[c]);
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("corners", corners);
            entry.put("class", classes.row(box.label()));
            entry.put(
                    "confidence",
                    box.confidence().isPresent() ? box.confidence().getAsDouble() : null);
            entry.put("truth", box.truth());
            return entry;
        }

        /** The way of {@link Up#back} from a place of the file, whose inverse is its transpose. */
        private double[] turned(double[] place) {
            double[] turned = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                double[] unit = new double[3];
                unit[axis] = 1;
                double[] row = options.up().back(unit);
                turned[axis] = row[0] * place[0] + row[1] * place[1] + row[2] * place[2];
            }
            return turned;
        }

        private static OptionalDouble wrong(int[] label, int[] prediction) {
            long counted = 0;
            long differing = 0;
            for (int i = 0; i < label.length; i++) {
                if (label[i] >= 0) {
                    counted++;
                    differing += label[i] == prediction[i] ? 0 : 1;
                }
            }
            return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) differing / counted);
        }
    }
}
