package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.pointgroup.cluster.Fate;
import org.scenecontexts.pointgroup.cluster.Proposal;
import org.scenecontexts.pointgroup.cluster.Proposals;

/**
 * Counts per class at which step points and true objects were lost: who finds nothing wants to know whether the classes, the
 * sizes, the scores or the grouping are to blame.
 */
final class LostObjects {

    /** A true object of fewer points is not looked for, as in the published validation (REFERENCE 7.5). */
    private static final int SMALLEST = 10;

    private static final double FEW = 0.05;

    /** Where points go. */
    private enum Step {
        CLASS("class", "train longer, or with a wider network: the classes are not told apart yet"),
        SIZE("size", "lower min-points and propose-points, or raise radius"),
        SCORE("score", "lower min-score"),
        OVERLAP("overlap", "raise max-overlap, or leave out both-sets"),
        GROUPING(
                "grouping",
                "lower radius where objects are joined, raise it where they fall apart, or train longer: offsets are"
                        + " not exact enough yet");

        private final String title;
        private final String remedy;

        Step(String title, String remedy) {
            this.title = title;
            this.remedy = remedy;
        }

        /** Of a point whose predicted class has objects. */
        static Step of(int fate) {
            return switch (fate) {
                case Fate.STUFF -> CLASS;
                case Fate.NOISE, Fate.SMALL -> SIZE;
                case Fate.UNSURE -> SCORE;
                case Fate.SUPPRESSED -> OVERLAP;
                default -> GROUPING;
            };
        }
    }

    /** Of one class. */
    private static final class Count {
        /** Points that were predicted to be of the class, by fate; {@link Step#GROUPING} is for those in objects. */
        private final Map<Step, Long> points = new EnumMap<>(Step.class);

        private long objects;
        private long found;
        private final Map<Step, Long> lost = new EnumMap<>(Step.class);
    }

    private final SceneClasses classes;
    private final boolean[] stuff;
    private final List<Count> counts = new ArrayList<>();
    private long scenes;
    private long kept;

    /** @param stuff for each class whether it has no objects, {@code [K]} */
    LostObjects(SceneClasses classes, boolean[] stuff) {
        this.classes = classes;
        this.stuff = stuff;
        for (int c = 0; c < stuff.length; c++) {
            counts.add(new Count());
        }
    }

    /**
     * Takes one scene.
     *
     * @param labels true class of each point, {@code [N]}; empty where unknown
     * @param instances true object of each point, {@code [N]}; empty where unknown
     */
    void take(Proposals proposals, int[] labels, int[] instances) {
        scenes++;
        kept += proposals.found().size();
        for (int i = 0; i < proposals.fates().length; i++) {
            counts.get(proposals.labels()[i]).points.merge(Step.of(proposals.fates()[i]), 1L, Long::sum);
        }
        if (labels.length == proposals.fates().length && instances.length == labels.length) {
            compare(proposals, labels, instances);
        }
    }

    private void compare(Proposals proposals, int[] labels, int[] instances) {
        Map<Long, List<Integer>> objects = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0 && !stuff[labels[i]] && instances[i] >= 0) {
                objects.computeIfAbsent((long) labels[i] << 32 | instances[i], key -> new ArrayList<>())
                        .add(i);
            }
        }
        objects.forEach((key, points) -> {
            if (points.size() >= SMALLEST) {
                judge((int) (key >> 32), points, proposals);
            }
        });
    }

    private void judge(int label, List<Integer> points, Proposals proposals) {
        Count count = counts.get(label);
        count.objects++;
        Map<Step, Long> steps = new EnumMap<>(Step.class);
        Map<Integer, Integer> common = new HashMap<>();
        for (int point : points) {
            int fate = proposals.fates()[point];
            boolean right = proposals.labels()[point] == label;
            steps.merge(right ? Step.of(fate) : Step.CLASS, 1L, Long::sum);
            if (right && fate >= 0) {
                common.merge(fate, 1, Integer::sum);
            }
        }
        boolean found = common.entrySet().stream().anyMatch(touch -> {
            Proposal proposal = proposals.found().get(touch.getKey());
            int union = proposal.points().length + points.size() - touch.getValue();
            return 2L * touch.getValue() > union;
        });
        if (found) {
            count.found++;
        } else {
            count.lost.merge(largest(steps), 1L, Long::sum);
        }
    }

    /** The first step of the largest number. */
    private static Step largest(Map<Step, Long> numbers) {
        Step best = Step.CLASS;
        for (Step step : Step.values()) {
            best = of(numbers, step) > of(numbers, best) ? step : best;
        }
        return best;
    }

    private static long of(Map<Step, Long> numbers, Step step) {
        return numbers.getOrDefault(step, 0L);
    }

    /**
     * One row per class with objects that was predicted or is true; no table where there is no such class. Columns about the
     * truth are there where it is known, those about scores where some were too low.
     */
    Optional<Report.Table> table() {
        List<Integer> shown = IntStream.range(0, stuff.length)
                .filter(c -> !stuff[c] && sum(counts.get(c).points) + counts.get(c).objects > 0)
                .boxed()
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ToLongFunction<Count>> columns = columns();
        List<List<Object>> rows = new ArrayList<>();
        for (int c : shown) {
            List<Object> row = new ArrayList<>(List.of(classes.names().get(c)));
            columns.values().forEach(column -> row.add(column.applyAsLong(counts.get(c))));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("class"));
        header.addAll(columns.keySet());
        return Optional.of(new Report.Table("lost-objects", header, rows));
    }

    private Map<String, ToLongFunction<Count>> columns() {
        boolean truth = counts.stream().anyMatch(count -> count.objects > 0);
        boolean scores =
                counts.stream().anyMatch(count -> of(count.points, Step.SCORE) + of(count.points, Step.OVERLAP) > 0);
        Map<String, ToLongFunction<Count>> columns = new LinkedHashMap<>();
        columns.put("points", count -> sum(count.points));
        columns.put("in small groups", count -> of(count.points, Step.SIZE));
        if (scores) {
            columns.put("in unsure ones", count -> of(count.points, Step.SCORE));
            columns.put("in suppressed ones", count -> of(count.points, Step.OVERLAP));
        }
        columns.put("in objects", count -> of(count.points, Step.GROUPING));
        if (truth) {
            columns.put("true objects", count -> count.objects);
            columns.put("matched", count -> count.found);
            for (Step step : Step.values()) {
                if (scores || (step != Step.SCORE && step != Step.OVERLAP)) {
                    columns.put("lost by " + step.title, count -> of(count.lost, step));
                }
            }
        }
        return columns;
    }

    private static long sum(Map<Step, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What to do where no object came out at all. */
    Optional<String> advice() {
        if (scenes == 0 || kept > 0) {
            return Optional.empty();
        }
        Map<Step, Long> points = new EnumMap<>(Step.class);
        counts.forEach(count -> count.points.forEach((step, number) -> points.merge(step, number, Long::sum)));
        Map<Step, Long> grouped = new EnumMap<>(points);
        grouped.remove(Step.CLASS);
        // Most of a place may well be floor and walls: classes are to blame where hardly a point was given another one.
        Step most = sum(grouped) < FEW * sum(points) ? Step.CLASS : largest(grouped);
        return Optional.of("no object was found in " + scenes + " scenes; of " + sum(points) + " points "
                + of(points, Step.CLASS) + " were given a class without objects, " + of(points, Step.SIZE)
                + " were in groups that are too small, " + of(points, Step.SCORE) + " in groups with too low a score, "
                + of(points, Step.OVERLAP) + " in groups that lie on others; " + most.remedy);
    }
}
