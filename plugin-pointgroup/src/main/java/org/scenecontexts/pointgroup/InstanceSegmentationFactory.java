package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.pointgroup.cluster.Confidence;
import org.scenecontexts.pointgroup.cluster.ProposalSettings;

/**
 * Makes {@link InstanceSegmentation} known as {@code instance-segmentation}.
 *
 * @since 0.2
 */
@Extension
public final class InstanceSegmentationFactory implements TaskFactory<InstanceSegmentationFactory.Config> {

    /** Where points are grouped, and by which numbers where none are given. */
    public enum Grouping {
        /** At the sampled points, by numbers estimated from the training data. */
        ESTIMATED,
        /** At the voxels as in the published validation: 1.5 voxels, 50, 100, mean raw score, at most 1000 neighbours. */
        PUBLISHED,
        /**
         * At the original points as in the published benchmark runs: 2 cm, 50, 250, lower median; classes of {@code flat}
         * from the points as they lie, with 5 cm and mean.
         */
        PUBLISHED_BENCHMARK
    }

    /** What a pipeline can say about the task. */
    public record Config(
            @Doc("What is minimised for the classes of points.") @Default("{type: cross-entropy}")
            Choice<ModelContext, ClassificationLoss> loss,

            @Doc("Classes that have no objects; of wall, floor and ceiling those that exist unless given.")
            @Default("[wall, floor, ceiling]")
            List<String> stuff,

            @Doc("Weight of the distance between predicted and true offset, metres.") @Default("1") @Min(0)
            double offsetWeight,

            @Doc("Weight of the angle between predicted and true offset.") @Default("1") @Min(0)
            double directionWeight,

            @Doc("Where points are grouped, and by which numbers: estimated, published or published-benchmark.")
            @Default("estimated")
            Grouping grouping,

            @Doc("Points of one class closer than this belong together, metres; 1.5 times their spacing unless given.")
            @Positive
            Optional<Double> radius,

            @Doc("Groups of fewer points are noise; half of propose-points unless given.") @Min(1)
            Optional<Integer> minPoints,

            @Doc("Groups of so many points or fewer are no objects; half of a small training object's unless given.")
            @Min(0)
            Optional<Integer> proposePoints,

            @Doc("How sure an object is: probability, mean or lower-median of raw scores; probability unless given."
                    + " With score-net its score, times this where it is given.")
            Optional<Confidence> confidence,

            @Doc("Most neighbours of a point, the first of the file; 0 for any number, as unless given.") @Min(0)
            Optional<Integer> neighbourCap,

            @Doc("Whether points are grouped as they lie too, as PointGroup does; with score-net only unless given."
                    + " See max-overlap.")
            Optional<Boolean> bothSets,

            @Doc("Objects less sure than this are left out, in the unit of 'confidence'; none unless given, 0.09 with"
                    + " score-net.")
            Optional<Double> minScore,

            @Doc("Of objects that overlap more than this (intersection over union) the surest stays, with both-sets,"
                    + " min-score or score-net.")
            @Default("0.3")
            @Min(0)
            @Max(1)
            double maxOverlap,

            @Doc("A further network on the features of each proposal that scores it, as the full PointGroup has:"
                    + " sparse-unet, or any other backbone; none unless given.")
            Optional<Choice<ModelContext, Backbone>> scoreNet,

            @Doc("Most cells along a side of a proposal, as score-net sees it; 14 as published.")
            @Default("14")
            @Min(2)
            @Max(64)
            int scoreGrid,

            @Doc("Weight of the score loss.") @Default("1") @Min(0)
            double scoreWeight,

            @Doc(
                    "Share of the training after which proposals are made and scored: offsets must have settled. Published: a"
                            + " third.")
            @Default("0.33")
            @Min(0)
            @Max(0.99)
            double proposalsAfter,

            @Doc("Classes that published-benchmark groups as they lie; of those it is published for unless given.")
            @Default("[bookshelf, counter, curtain]")
            List<String> flat) {

        public Config {
            stuff = List.copyOf(stuff);
            flat = List.copyOf(flat);
        }

        /**
         * Numbers with those that are given in place of some.
         *
         * @param unit of the numbers' radius, metres
         */
        ProposalSettings applied(ProposalSettings numbers, float unit) {
            return new ProposalSettings(
                    radius.map(metres -> (float) (metres / unit)).orElse(numbers.radius()),
                    // Where objects may be smaller than noise was, noise is smaller too.
                    minPoints.orElse(Math.min(numbers.minPoints(), proposePoints.orElse(Integer.MAX_VALUE))),
                    proposePoints.orElse(numbers.proposePoints()),
                    confidence.orElse(numbers.confidence()),
                    neighbourCap.orElse(numbers.cap()));
        }

        /** Whether points are grouped as they lie too. */
        boolean groupsBothSets() {
            return bothSets.orElse(scoreNet.isPresent());
        }

        /** Names of the numbers that are given. */
        List<String> given() {
            List<String> names = new ArrayList<>();
            radius.ifPresent(value -> names.add("radius"));
            minPoints.ifPresent(value -> names.add("min-points"));
            proposePoints.ifPresent(value -> names.add("propose-points"));
            neighbourCap.ifPresent(value -> names.add("neighbour-cap"));
            return names;
        }
    }

    @Override
    public String name() {
        return "instance-segmentation";
    }

    @Override
    public String summary() {
        return "Objects as groups of points: PointGroup's offset head and clustering on the features of any backbone.";
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.LABELS, Prediction.Part.INSTANCES);
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS, ScenePart.INSTANCES);
    }

    @Override
    public Task create(Config config, TaskContext context) {
        if (context.classes().count() < 2) {
            throw new IllegalArgumentException("instance-segmentation needs data with at least 2 classes, found "
                    + context.classes().count() + "; choose a labelled data set or map its labels to classes");
        }
        Set<Integer> stuff = ClassNumbers.of("stuff", config.stuff(), ClassNumbers.STUFF, context.classes());
        if (stuff.size() == context.classes().count()) {
            throw new IllegalArgumentException(
                    "all classes (" + String.join(", ", context.classes().names())
                            + ") are listed under 'stuff', so there can be no object; leave out those that have"
                            + " objects");
        }
        return new InstanceSegmentation(context, config);
    }
}
