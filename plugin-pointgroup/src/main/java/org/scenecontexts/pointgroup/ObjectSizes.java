package org.scenecontexts.pointgroup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.SampledPoints;

/**
 * Measures the objects of the training data as the network sees them, so that nobody has to guess what is too small to be
 * one. Kept with the model as text.
 *
 * <p>Scenes of which less than half of the rows have a label are left out: their objects are a few labelled points.
 */
final class ObjectSizes {

    /** Scenes measured at most; more change nothing any more. */
    static final int ENOUGH = 400;

    private static final int FEWEST_OBJECTS = 20;
    private static final int PROBES = 32;
    private static final double SMALL = 0.1;
    private static final double LARGE = 0.9;

    /** Steps of a factor of two: a size is known to 9 percent. */
    private static final int STEPS = 4;

    private final long[] counts = new long[STEPS * 32];
    private long scenes;
    private double spacing;
    private double neighbours;

    /** Scenes measured so far. */
    long scenes() {
        return scenes;
    }

    /**
     * Measures a scene, unless enough were.
     *
     * @param stuff for each class whether it has no objects, {@code [K]}
     */
    void take(SampledPoints points, boolean[] stuff) {
        int[] labels = points.scene().labels();
        int[] instances = points.scene().instances();
        long known = Arrays.stream(labels).filter(label -> label >= 0).count();
        if (scenes >= ENOUGH || instances.length == 0 || 2 * known < labels.length) {
            return;
        }
        Map<Long, Integer> sizes = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0 && !stuff[labels[i]] && instances[i] >= 0) {
                sizes.merge((long) labels[i] << 32 | instances[i], 1, Integer::sum);
            }
        }
        sizes.values().forEach(size -> counts[bucket(size)]++);
        double own = ObjectScale.spacing(points);
        spacing += own;
        neighbours += neighbours(points.scene().positions(), ObjectScale.GAP * own);
        scenes++;
    }

    private static int bucket(int size) {
        return (int) Math.round(STEPS * Math.log(size) / Math.log(2));
    }

    /** Points within a radius of a typical point, itself included. */
    private static double neighbours(float[] positions, double radius) {
        int rows = positions.length / 3;
        int probes = Math.min(PROBES, rows);
        long found = 0;
        for (int p = 0; p < probes; p++) {
            int at = ObjectScale.probe(p, probes, rows);
            for (int i = 0; i < rows; i++) {
                found += ObjectScale.squaredDistance(positions, at, i) < radius * radius ? 1 : 0;
            }
        }
        return probes == 0 ? 0 : (double) found / probes;
    }

    /** Number of objects. */
    long objects() {
        return Arrays.stream(counts).sum();
    }

    /** Rows of the large ones among the objects: a tenth of them is larger. */
    double large() {
        return quantile(LARGE);
    }

    private double quantile(double share) {
        double left = share * objects();
        int at = 0;
        while (at < counts.length - 1 && left > counts[at]) {
            left -= counts[at++];
        }
        return Math.pow(2, (double) at / STEPS);
    }

    /**
     * The numbers for these objects. A group must have more than half of the rows of a small object (a tenth of them is
     * smaller): with less it could not match one. Nothing where too few objects were seen.
     */
    Optional<ObjectScale> scale() {
        if (objects() < FEWEST_OBJECTS) {
            return Optional.empty();
        }
        int propose = Math.max(ObjectScale.FEWEST, (int) Math.round(quantile(SMALL) / 2));
        int noise = Math.max(ObjectScale.FEWEST, (propose + 1) / 2);
        String origin = String.format(
                Locale.ROOT,
                "estimated from %d objects in %d training scenes: half have more than %.0f rows, a tenth fewer than"
                        + " %.0f; rows lie %.3f m apart, %.1f of them within the radius of one",
                objects(),
                scenes,
                quantile(0.5),
                quantile(SMALL),
                spacing / scenes,
                neighbours / scenes);
        return Optional.of(new ObjectScale(ObjectScale.GAP * spacing / scenes, noise, propose, origin));
    }

    /** As texts by name; {@link #restore} brings them back to the last bit. */
    Map<String, String> notes() {
        if (scenes == 0) {
            return Map.of();
        }
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("scenes", Long.toString(scenes));
        notes.put("spacing", Double.toString(spacing));
        notes.put("mean-active", Double.toString(neighbours));
        notes.put("object-sizes", Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        return notes;
    }

    /** Goes on from what {@link #notes} gave; texts of another version of this plugin are left alone. */
    void restore(Map<String, String> notes) {
        String[] sizes = notes.getOrDefault("object-sizes", "").split(" ");
        if (sizes.length != counts.length || !notes.keySet().containsAll(notes().keySet())) {
            return;
        }
        scenes = Long.parseLong(notes.getOrDefault("scenes", "0"));
        spacing = Double.parseDouble(notes.getOrDefault("spacing", "0"));
        neighbours = Double.parseDouble(notes.getOrDefault("mean-active", "0"));
        Arrays.setAll(counts, i -> Long.parseLong(sizes[i]));
    }
}
