package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.pointgroup.cluster.Confidence;
import org.scenecontexts.pointgroup.cluster.PointGrouping;
import org.scenecontexts.pointgroup.cluster.Proposal;
import org.scenecontexts.pointgroup.cluster.ProposalSettings;
import org.scenecontexts.pointgroup.cluster.Proposals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns scores and offsets of one scene into objects, at the sampled or at the original points (REFERENCE 7.4), and keeps an
 * account of those that were lost.
 */
final class ObjectFinder {

    /** Of the full PointGroup: proposals of a lower score are no objects. */
    private static final double PUBLISHED_MIN_SCORE = 0.09;

    private static final Logger log = LoggerFactory.getLogger(ObjectFinder.class);

    private final InstanceSegmentationFactory.Config config;
    private final int classes;
    private final Set<Integer> stuff;
    private final Set<Integer> flat;
    private final Parallel parallel;
    private final ObjectSizes sizes;
    private final Account lost;
    private final Consumer<String> warnings;
    private boolean told;

    /** Is told about the proposals of every scene. */
    @FunctionalInterface
    interface Account {
        /**
         * Takes one scene.
         *
         * @param labels true class of each point; empty where unknown
         * @param instances true object of each point; empty where unknown
         */
        void take(Proposals proposals, int[] labels, int[] instances);
    }

    /** Says how much of a true object proposals are. */
    @FunctionalInterface
    interface Scorer {
        /**
         * Scores the proposals of one scene.
         *
         * @param proposals the rows of each, ascending, none of them empty
         * @return 0 to 1, one for each
         */
        double[] scores(List<int[]> proposals);
    }

    /**
     * @param sizes of the objects in training
     * @param lost told about every scene
     * @param warnings told what is likely to go wrong
     */
    ObjectFinder(
            InstanceSegmentationFactory.Config config,
            SceneClasses classes,
            Parallel parallel,
            ObjectSizes sizes,
            Account lost,
            Consumer<String> warnings) {
        this.config = config;
        this.classes = classes.count();
        this.stuff = ClassNumbers.of("stuff", config.stuff(), ClassNumbers.STUFF, classes);
        this.flat = ClassNumbers.of("flat", config.flat(), ClassNumbers.FLAT, classes);
        this.parallel = parallel;
        this.sizes = sizes;
        this.lost = lost;
        this.warnings = warnings;
    }

    /**
     * Finds the objects of one scene.
     *
     * @param scene the original points
     * @param points those that the network saw
     * @param scores {@code [M, K]}
     * @param offsets metres, {@code [M, 3]}
     * @param scorer decides how sure an object is, where there is one
     */
    List<ScenePrediction.Instance> find(
            Scene scene, SampledPoints points, float[] scores, float[] offsets, Optional<Scorer> scorer) {
        return config.grouping() == InstanceSegmentationFactory.Grouping.PUBLISHED_BENCHMARK
                ? atPoints(scene, points, scores, offsets, scorer)
                : atRows(points, scores, offsets, scorer);
    }

    /**
     * The groups of a scene in training, as rows: of both sets where both are used, and the smaller ones too, which a scorer
     * must learn to tell from objects.
     */
    List<Proposal> proposals(SampledPoints points, float[] scores, float[] offsets) {
        ProposalSettings settings = settings(points, unit(points));
        ProposalSettings wide = settings.with(settings.minPoints(), settings.minPoints() - 1, settings.cap());
        return grouped(points, scores, offsets, wide).found();
    }

    private static float unit(SampledPoints points) {
        return points.hasGrid() ? (float) points.spacing() : 1;
    }

    private Proposals grouped(SampledPoints points, float[] scores, float[] offsets, ProposalSettings settings) {
        float[] places = places(points);
        float[] shifted = new float[offsets.length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = places[i] + offsets[i] / unit(points);
        }
        Proposals moved = Proposals.find(shifted, scores, classes, stuff, settings, parallel);
        return config.groupsBothSets()
                ? Proposals.both(Proposals.find(places, scores, classes, stuff, settings, parallel), moved)
                : moved;
    }

    private List<ScenePrediction.Instance> atRows(
            SampledPoints points, float[] scores, float[] offsets, Optional<Scorer> scorer) {
        Proposals grouped = grouped(points, scores, offsets, settings(points, unit(points)));
        Proposals proposals = chosen(grouped, scorer, proposal -> proposal.points());
        lost.take(proposals, points.scene().labels(), points.scene().instances());
        List<int[]> members = pointsOfRows(points, proposals.found());
        List<ScenePrediction.Instance> found = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            Proposal proposal = proposals.found().get(k);
            found.add(new ScenePrediction.Instance(
                    proposal.label(), (float) proposal.confidence(), proposal.points(), members.get(k)));
        }
        return found;
    }

    /** Voxel coordinates where there are any, else metres, {@code [M, 3]}. */
    private static float[] places(SampledPoints points) {
        if (!points.hasGrid()) {
            return points.scene().positions();
        }
        float[] places = new float[points.grid().length];
        for (int i = 0; i < places.length; i++) {
            places[i] = points.grid()[i];
        }
        return places;
    }

    /**
     * Scores proposals where there is a scorer, and leaves out those that are not sure enough or lie on surer ones.
     *
     * @param rows of a proposal, for the scorer
     */
    private Proposals chosen(Proposals grouped, Optional<Scorer> scorer, Function<Proposal, int[]> rows) {
        Proposals proposals = grouped;
        if (scorer.isPresent()) {
            List<Proposal> found = grouped.found();
            double[] scores = scorer.get().scores(found.stream().map(rows).toList());
            if (config.confidence().isPresent()) {
                Arrays.setAll(scores, k -> scores[k] * found.get(k).confidence());
            }
            proposals = grouped.rescored(scores);
        }
        double lowest = config.minScore().orElse(scorer.isPresent() ? PUBLISHED_MIN_SCORE : Double.NEGATIVE_INFINITY);
        return config.groupsBothSets() || config.minScore().isPresent() || scorer.isPresent()
                ? proposals.chosen(lowest, config.maxOverlap())
                : proposals;
    }

    private ProposalSettings settings(SampledPoints points, float unit) {
        if (config.grouping() == InstanceSegmentationFactory.Grouping.PUBLISHED) {
            requireVoxels(points.hasGrid());
            return tell(config.applied(ProposalSettings.publishedVoxels(), unit), unit, "as published");
        }
        ObjectScale scale = sizes.scale().orElseGet(() -> ObjectScale.ofSpacing(ObjectScale.spacing(points)));
        ProposalSettings estimated = new ProposalSettings(
                (float) (scale.radius() / unit),
                scale.minPoints(),
                scale.proposePoints(),
                Confidence.PROBABILITY,
                PointGrouping.NO_CAP);
        return tell(config.applied(estimated, unit), unit, scale.origin());
    }

    /** @throws IllegalArgumentException when a radius in voxels is all that was said, and there are none */
    void requireVoxels(boolean onGrid) {
        if (!onGrid
                && config.grouping() == InstanceSegmentationFactory.Grouping.PUBLISHED
                && config.radius().isEmpty()) {
            throw new IllegalArgumentException(
                    "'grouping: published' joins points closer than 1.5 voxels, but this backbone"
                            + " has no voxels; say 'radius' in metres, or leave 'grouping' out");
        }
    }

    /** Says once by which numbers objects are found. */
    private ProposalSettings tell(ProposalSettings settings, float unit, String origin) {
        if (!told) {
            told = true;
            log.info(
                    "objects are groups of more than {} points of one class, each within {} m of another ({}){}",
                    settings.proposePoints(),
                    String.format(Locale.ROOT, "%.3f", settings.radius() * unit),
                    origin,
                    config.given().isEmpty() ? "" : "; given: " + String.join(", ", config.given()));
            if (settings.cap() != PointGrouping.NO_CAP && sizes.objects() > 0 && sizes.large() > settings.cap()) {
                warnings.accept("a point has at most " + settings.cap()
                        + " neighbours, but a tenth of the objects in training"
                        + " have more than " + Math.round(sizes.large()) + " points: such objects are torn apart; set"
                        + " 'neighbour-cap: 0'");
            }
        }
        return settings;
    }

    /** The original points of each proposal, ascending. */
    private static List<int[]> pointsOfRows(SampledPoints points, List<Proposal> proposals) {
        int[] inverse = points.inverse();
        int[] starts = new int[points.size() + 1];
        for (int row : inverse) {
            if (row >= 0) {
                starts[row + 1]++;
            }
        }
        for (int row = 0; row < points.size(); row++) {
            starts[row + 1] += starts[row];
        }
        int[] next = starts.clone();
        int[] members = new int[starts[points.size()]];
        for (int i = 0; i < inverse.length; i++) {
            if (inverse[i] >= 0) {
                members[next[inverse[i]]++] = i;
            }
        }
        return proposals.stream()
                .map(proposal -> Arrays.stream(proposal.points())
                        .flatMap(row -> Arrays.stream(members, starts[row], starts[row + 1]))
                        .sorted()
                        .toArray())
                .toList();
    }

    /** The published benchmark runs: every original point with the scores and the offset of its row. */
    private List<ScenePrediction.Instance> atPoints(
            Scene scene, SampledPoints points, float[] scores, float[] offsets, Optional<Scorer> scorer) {
        int[] seen = IntStream.range(0, scene.size())
                .filter(i -> points.inverse()[i] >= 0)
                .toArray();
        float[] places = new float[3 * seen.length];
        float[] shifted = new float[3 * seen.length];
        float[] own = new float[seen.length * classes];
        for (int i = 0; i < seen.length; i++) {
            int row = points.inverse()[seen[i]];
            System.arraycopy(scores, row * classes, own, i * classes, classes);
            for (int axis = 0; axis < 3; axis++) {
                places[3 * i + axis] = scene.positions()[3 * seen[i] + axis];
                shifted[3 * i + axis] = places[3 * i + axis] + offsets[3 * row + axis];
            }
        }
        ProposalSettings settings = tell(config.applied(ProposalSettings.publishedVertices(), 1), 1, "as published");
        Proposals moved = Proposals.find(shifted, own, classes, stuff, settings, parallel);
        // Radius and confidence of what is grouped as it lies are its own.
        ProposalSettings lying = ProposalSettings.publishedUnshiftedVertices()
                .with(settings.minPoints(), settings.proposePoints(), settings.cap());
        Proposals asTheyLie = Proposals.find(places, own, classes, stuff, lying, parallel);
        Proposals merged = chosen(
                config.groupsBothSets() ? Proposals.both(asTheyLie, moved) : Proposals.merge(moved, asTheyLie, flat),
                scorer,
                proposal -> rowsOf(proposal, seen, points));
        lost.take(merged, at(scene.labels(), seen), at(scene.instances(), seen));
        List<ScenePrediction.Instance> found = new ArrayList<>();
        for (Proposal proposal : merged.found()) {
            int[] members = Arrays.stream(proposal.points()).map(i -> seen[i]).toArray();
            found.add(new ScenePrediction.Instance(
                    proposal.label(), (float) proposal.confidence(), rowsOf(proposal, seen, points), members));
        }
        return found;
    }

    /** The rows that stand for the original points of a proposal, ascending. */
    private static int[] rowsOf(Proposal proposal, int[] seen, SampledPoints points) {
        return Arrays.stream(proposal.points())
                .map(i -> points.inverse()[seen[i]])
                .distinct()
                .sorted()
                .toArray();
    }

    private static int[] at(int[] values, int[] points) {
        return values.length == 0
                ? values
                : Arrays.stream(points).map(point -> values[point]).toArray();
    }
}
