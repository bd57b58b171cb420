package org.scenecontexts.pointgroup.ap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.pointgroup.cluster.Proposal;

/**
 * What one scene adds to the curves of all classes and thresholds: its objects, its predictions and what they have in common,
 * counted in one pass over the points of the predictions (REFERENCE 7.5).
 *
 * <p>No mask is kept: memory is linear in objects, predictions and pairs of them that touch.
 */
final class SceneMatches {

    /** In place of an object: nobody knows what is there, or it has no objects. */
    private static final int UNCLAIMED = -1;

    /** In place of an object: known, but no object by the published numbering. */
    private static final int NO_OBJECT = -2;

    /** An object: its points, and why it may be merely not held against predictions instead of counting. */
    private record Truth(int size, boolean small, boolean group) {
        boolean counts() {
            return !small && !group;
        }
    }

    /** A pair that touches: the object's place in the list of its class, and the points in common. */
    private record Touch(int truth, int common) {}

    /** A prediction with what it touches, objects of its class in their order. */
    private record Guess(double confidence, int size, int unclaimed, List<Touch> touches) {}

    private final List<List<Truth>> truths;
    private final List<List<Guess>> guesses;

    /**
     * @param valid for each class whether it has objects, {@code [K]}
     */
    SceneMatches(InstanceTruth truth, List<Proposal> proposals, boolean[] valid, ApProtocol protocol) {
        truths = new ArrayList<>();
        guesses = new ArrayList<>();
        for (int c = 0; c < valid.length; c++) {
            truths.add(new ArrayList<>());
            guesses.add(new ArrayList<>());
        }
        int[] object = new int[truth.labels().length];
        int[][] places = findObjects(truth, valid, protocol, object);
        for (Proposal proposal : proposals) {
            int label = proposal.label();
            if (label >= 0
                    && label < valid.length
                    && valid[label]
                    && proposal.points().length >= protocol.minRegion()) {
                guesses.get(label).add(guess(proposal, object, places));
            }
        }
    }

    /**
     * Lists the objects of every class in the order of their numbers.
     *
     * @param object written: for each point its object, {@link #UNCLAIMED} or {@link #NO_OBJECT}
     * @return for each object its class and its place among those of the class
     */
    private int[][] findObjects(InstanceTruth truth, boolean[] valid, ApProtocol protocol, int[] object) {
        Map<Long, Integer> numbers = new HashMap<>();
        List<long[]> found = new ArrayList<>();
        for (int i = 0; i < object.length; i++) {
            int label = truth.labels()[i];
            int instance = truth.instances()[i];
            object[i] = UNCLAIMED;
            if (protocol.isGroup(label) && instance == 0) {
                object[i] = NO_OBJECT;
            } else if (label >= 0 && label < valid.length && valid[label] && instance >= 0) {
                long id = (long) label << 32 | instance;
                object[i] = numbers.computeIfAbsent(id, key -> {
                    found.add(new long[] {key, 0});
                    return found.size() - 1;
                });
                found.get(object[i])[1]++;
            }
        }
        Integer[] order = new Integer[found.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(found.get(a)[0], found.get(b)[0]));
        int[][] places = new int[found.size()][];
        for (int number : order) {
            int label = (int) (found.get(number)[0] >> 32);
            int size = (int) found.get(number)[1];
            places[number] = new int[] {label, truths.get(label).size()};
            truths.get(label).add(new Truth(size, size < protocol.minRegion(), protocol.isGroup(label)));
        }
        return places;
    }

    private static Guess guess(Proposal proposal, int[] object, int[][] places) {
        Map<Integer, Integer> common = new HashMap<>();
        int unclaimed = 0;
        for (int point : proposal.points()) {
            if (object[point] == UNCLAIMED) {
                unclaimed++;
            } else if (object[point] >= 0 && places[object[point]][0] == proposal.label()) {
                common.merge(places[object[point]][1], 1, Integer::sum);
            }
        }
        List<Touch> touches = new ArrayList<>();
        common.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> touches.add(new Touch(entry.getKey(), entry.getValue())));
        return new Guess(proposal.confidence(), proposal.points().length, unclaimed, touches);
    }

    /** Whether an object of the class counts. */
    boolean hasTruth(int label) {
        return truths.get(label).stream().anyMatch(Truth::counts);
    }

    /** Adds this scene to the curve of a class at an overlap that must be exceeded. */
    void addTo(PrecisionCurve curve, int label, double threshold) {
        List<Truth> objects = truths.get(label);
        List<Guess> found = guesses.get(label);
        boolean[] used = new boolean[found.size()];
        for (int t = 0; t < objects.size(); t++) {
            if (objects.get(t).counts()) {
                match(curve, t, objects.get(t), found, used, threshold);
            }
        }
        for (Guess guess : found) {
            if (guess.touches().stream().noneMatch(touch -> overlap(guess, touch, objects) > threshold)
                    && ignoredShare(guess, objects) <= threshold) {
                curve.add(false, guess.confidence());
            }
        }
    }

    /** The first prediction that overlaps enough is the object's; of any further one the surer is kept and the other wrong. */
    private static void match(
            PrecisionCurve curve, int number, Truth object, List<Guess> found, boolean[] used, double threshold) {
        boolean matched = false;
        double score = 0;
        for (int g = 0; g < found.size(); g++) {
            Guess guess = found.get(g);
            int common = common(guess, number);
            if (used[g] || common == 0 || !(overlap(guess.size(), object.size(), common) > threshold)) {
                continue;
            }
            if (matched) {
                curve.add(false, Math.min(score, guess.confidence()));
                score = Math.max(score, guess.confidence());
            } else {
                matched = true;
                score = guess.confidence();
                used[g] = true;
            }
        }
        if (matched) {
            curve.add(true, score);
        } else {
            curve.miss();
        }
    }

    private static int common(Guess guess, int truth) {
        for (Touch touch : guess.touches()) {
            if (touch.truth() == truth) {
                return touch.common();
            }
        }
        return 0;
    }

    /** For each object of a class that counts: the largest overlap of a prediction with it, and its points. */
    double[][] coverage(int label) {
        List<Truth> objects = truths.get(label);
        double[] best = new double[objects.size()];
        for (Guess guess : guesses.get(label)) {
            for (Touch touch : guess.touches()) {
                best[touch.truth()] = Math.max(best[touch.truth()], overlap(guess, touch, objects));
            }
        }
        return java.util.stream.IntStream.range(0, best.length)
                .filter(t -> objects.get(t).counts())
                .mapToObj(t -> new double[] {best[t], objects.get(t).size()})
                .toArray(double[][]::new);
    }

    /** For each prediction of a class: its largest overlap with an object. */
    double[] bestOverlaps(int label) {
        return guesses.get(label).stream()
                .mapToDouble(guess -> guess.touches().stream()
                        .mapToDouble(touch -> overlap(guess, touch, truths.get(label)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static double overlap(Guess guess, Touch touch, List<Truth> objects) {
        return overlap(guess.size(), objects.get(touch.truth()).size(), touch.common());
    }

    private static double overlap(int guess, int truth, int common) {
        return (double) common / (guess + truth - common);
    }

    /** The share of a prediction on what nobody knows or counts; what is both small and a group counts twice, as published. */
    private static double ignoredShare(Guess guess, List<Truth> objects) {
        long ignored = guess.unclaimed();
        for (Touch touch : guess.touches()) {
            Truth object = objects.get(touch.truth());
            ignored += object.group() ? touch.common() : 0;
            ignored += object.small() ? touch.common() : 0;
        }
        return (double) ignored / guess.size();
    }
}
