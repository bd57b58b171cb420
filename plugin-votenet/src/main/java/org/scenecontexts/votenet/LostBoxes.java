package org.scenecontexts.votenet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.votenet.box.BoxIou;
import org.scenecontexts.votenet.proposal.BoxSelection;

/**
 * Counts per class at which step true boxes were lost: who finds few wants to know whether votes, sizes, suppression, scores or
 * classes are to blame. A proposal is one of a box that it overlaps by more than a quarter.
 */
final class LostBoxes {

    private static final double OVERLAP = 0.25;

    private static final double FEW = 0.05;

    /** Where boxes go, in the order of the steps. */
    enum Step {
        VOTES(
                "no votes",
                "votes do not meet at the objects: train longer, take more 'seeds' and 'proposals', or check the unit"
                        + " of the data and 'radius'"),
        SHAPE(
                "another shape",
                "boxes lie at the objects but have other sizes or directions: train longer, or check 'sizes'"),
        POINTS("no points", "lower 'boxes: { min-points: ... }'"),
        SUPPRESSION("suppressed", "raise 'overlap' of 'boxes: { suppression: ... }'"),
        OBJECTNESS("unsure", "lower 'objectness' of 'boxes', or train longer"),
        CLASS("another class", "train longer, or with a wider network: the classes are not told apart yet"),
        FOUND("found", "");

        private final String title;
        private final String advice;

        Step(String title, String advice) {
            this.title = title;
            this.advice = advice;
        }
    }

    private final DetectedClasses classes;
    private final double radius;
    private final List<Map<Step, Long>> counts = new ArrayList<>();

    /** @param radius within which votes make a proposal, metres */
    LostBoxes(DetectedClasses classes, double radius) {
        this.classes = classes;
        this.radius = radius;
        for (int kind = 0; kind < classes.count(); kind++) {
            counts.add(new EnumMap<>(Step.class));
        }
    }

    /**
     * Takes one scene.
     *
     * @param truth its boxes, with labels among the classes that are detected
     * @param places centres of the groups of votes, {@code [K, 3]}, metres
     */
    void take(List<Box> truth, float[] places, BoxSelection.Steps steps, BoxSelection selection) {
        for (Box box : truth) {
            counts.get(box.label()).merge(step(box, places, steps, selection), 1L, Long::sum);
        }
    }

    /** The step at which the last proposal of a box went. */
    private Step step(Box truth, float[] places, BoxSelection.Steps steps, BoxSelection selection) {
        boolean near = false;
        Step farthest = Step.VOTES;
        for (int i = 0; i < steps.boxes().size(); i++) {
            near |= isNear(truth, places, i);
            if (BoxIou.of(truth, steps.boxes().get(i)) > OVERLAP) {
                Step own = fate(truth, i, steps, selection);
                farthest = own.compareTo(farthest) > 0 ? own : farthest;
            }
        }
        return farthest == Step.VOTES && near ? Step.SHAPE : farthest;
    }

    private static Step fate(Box truth, int i, BoxSelection.Steps steps, BoxSelection selection) {
        if (!steps.filled()[i]) {
            return Step.POINTS;
        }
        if (!steps.kept()[i]) {
            return Step.SUPPRESSION;
        }
        if (!selection.isSure(steps.something()[i])) {
            return Step.OBJECTNESS;
        }
        return steps.boxes().get(i).label() == truth.label() ? Step.FOUND : Step.CLASS;
    }

    private boolean isNear(Box truth, float[] places, int i) {
        double x = places[3 * i] - truth.centreX();
        double y = places[3 * i + 1] - truth.centreY();
        double z = places[3 * i + 2] - truth.centreZ();
        return x * x + y * y + z * z <= radius * radius;
    }

    /** One row per class with true boxes; no table where there are none. */
    Optional<Report.Table> table() {
        List<Integer> shown = IntStream.range(0, counts.size())
                .filter(kind -> !counts.get(kind).isEmpty())
                .boxed()
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("class", "true boxes"));
        for (Step step : Step.values()) {
            header.add(step.title);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int kind : shown) {
            Map<Step, Long> own = counts.get(kind);
            List<Object> row = new ArrayList<>(List.of(
                    classes.name(kind),
                    own.values().stream().mapToLong(Long::longValue).sum()));
            for (Step step : Step.values()) {
                row.add(own.getOrDefault(step, 0L));
            }
            rows.add(row);
        }
        return Optional.of(new Report.Table("lost-boxes", header, rows));
    }

    /** What to do where next to nothing was found. */
    Optional<String> advice() {
        Map<Step, Long> all = new EnumMap<>(Step.class);
        counts.forEach(own -> own.forEach((step, count) -> all.merge(step, count, Long::sum)));
        long boxes = all.values().stream().mapToLong(Long::longValue).sum();
        if (boxes == 0 || all.getOrDefault(Step.FOUND, 0L) > FEW * boxes) {
            return Optional.empty();
        }
        Step worst = Step.VOTES;
        for (Step step : Step.values()) {
            worst = all.getOrDefault(step, 0L) > all.getOrDefault(worst, 0L) ? step : worst;
        }
        return Optional.of("of " + boxes + " true boxes " + all.getOrDefault(Step.FOUND, 0L)
                + " were found; most were lost at '" + worst.title + "' (" + all.get(worst) + "): " + worst.advice);
    }
}
