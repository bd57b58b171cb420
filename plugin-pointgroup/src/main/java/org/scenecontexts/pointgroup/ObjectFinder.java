package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.pointgroup.cluster.Proposal;
import org.scenecontexts.pointgroup.cluster.ProposalSettings;
import org.scenecontexts.pointgroup.cluster.Proposals;

/** Turns scores and offsets of one scene into objects, at the sampled or at the original points (REFERENCE 7.4). */
final class ObjectFinder {

    private final InstanceSegmentationFactory.Config config;
    private final int classes;
    private final Set<Integer> stuff;
    private final Set<Integer> flat;
    private final Parallel parallel;

    ObjectFinder(InstanceSegmentationFactory.Config config, SceneClasses classes, Parallel parallel) {
        this.config = config;
        this.classes = classes.count();
        this.stuff = numbers(classes, config.stuff());
        this.flat = numbers(classes, config.flat());
        this.parallel = parallel;
    }

    private static Set<Integer> numbers(SceneClasses classes, List<String> names) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            int number = classes.names().indexOf(name);
            if (number >= 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /**
     * Finds the objects of one scene.
     *
     * @param scene the original points
     * @param points those that the network saw
     * @param scores {@code [M, K]}
     * @param offsets metres, {@code [M, 3]}
     */
    List<ScenePrediction.Instance> find(Scene scene, SampledPoints points, float[] scores, float[] offsets) {
        return config.grouping() == InstanceSegmentationFactory.Grouping.PUBLISHED_BENCHMARK
                ? atPoints(scene, points, scores, offsets)
                : atRows(points, scores, offsets);
    }

    private List<ScenePrediction.Instance> atRows(SampledPoints points, float[] scores, float[] offsets) {
        float unit = points.hasGrid() ? (float) points.spacing() : 1;
        float[] shifted = new float[offsets.length];
        for (int i = 0; i < shifted.length; i++) {
            float place = points.hasGrid() ? points.grid()[i] : points.scene().positions()[i];
            shifted[i] = place + offsets[i] / unit;
        }
        Proposals proposals = Proposals.find(shifted, scores, classes, stuff, settings(points, unit), parallel);
        List<int[]> members = pointsOfRows(points, proposals.found());
        List<ScenePrediction.Instance> found = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            Proposal proposal = proposals.found().get(k);
            found.add(new ScenePrediction.Instance(
                    proposal.label(), (float) proposal.confidence(), proposal.points(), members.get(k)));
        }
        return found;
    }

    private ProposalSettings settings(SampledPoints points, float unit) {
        if (config.grouping() == InstanceSegmentationFactory.Grouping.PUBLISHED) {
            return ProposalSettings.publishedVoxels();
        }
        ObjectScale scale = ObjectScale.of(points);
        double radius = config.radius().orElse(scale.radius());
        int minPoints = config.minPoints().orElse(scale.minPoints());
        int proposePoints = config.proposePoints().orElse(scale.proposePoints());
        return new ProposalSettings(
                (float) (radius / unit), minPoints, proposePoints, config.confidence(), config.neighbourCap());
    }

    /** The original points of each proposal. */
    private static List<int[]> pointsOfRows(SampledPoints points, List<Proposal> proposals) {
        int[] proposalOf = new int[points.size()];
        Arrays.fill(proposalOf, -1);
        for (int k = 0; k < proposals.size(); k++) {
            for (int row : proposals.get(k).points()) {
                proposalOf[row] = k;
            }
        }
        int[] sizes = new int[proposals.size()];
        for (int row : points.inverse()) {
            if (row >= 0 && proposalOf[row] >= 0) {
                sizes[proposalOf[row]]++;
            }
        }
        List<int[]> members = new ArrayList<>();
        for (int size : sizes) {
            members.add(new int[size]);
        }
        int[] next = new int[sizes.length];
        for (int i = 0; i < points.inverse().length; i++) {
            int row = points.inverse()[i];
            if (row >= 0 && proposalOf[row] >= 0) {
                members.get(proposalOf[row])[next[proposalOf[row]]++] = i;
            }
        }
        return members;
    }

    /** The published benchmark runs: every original point with the scores and the offset of its row. */
    private List<ScenePrediction.Instance> atPoints(
            Scene scene, SampledPoints points, float[] scores, float[] offsets) {
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
        List<Proposal> moved = Proposals.find(
                        shifted, own, classes, stuff, ProposalSettings.publishedVertices(), parallel)
                .found();
        List<Proposal> asTheyLie = Proposals.find(
                        places, own, classes, stuff, ProposalSettings.publishedUnshiftedVertices(), parallel)
                .found();
        List<ScenePrediction.Instance> found = new ArrayList<>();
        for (Proposal proposal : Proposals.merge(moved, asTheyLie, flat)) {
            int[] members = Arrays.stream(proposal.points()).map(i -> seen[i]).toArray();
            int[] rows = Arrays.stream(members)
                    .map(i -> points.inverse()[i])
                    .distinct()
                    .sorted()
                    .toArray();
            found.add(new ScenePrediction.Instance(proposal.label(), (float) proposal.confidence(), rows, members));
        }
        return found;
    }

    /** The column of the largest score of each row, the first on ties. */
    static int[] argmax(float[] scores, int classes) {
        int[] best = new int[scores.length / classes];
        for (int row = 0; row < best.length; row++) {
            for (int c = 1; c < classes; c++) {
                if (scores[row * classes + c] > scores[row * classes + best[row]]) {
                    best[row] = c;
                }
            }
        }
        return best;
    }
}
