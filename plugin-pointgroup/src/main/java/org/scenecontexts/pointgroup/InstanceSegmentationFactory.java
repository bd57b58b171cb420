package org.scenecontexts.pointgroup;

import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.pointgroup.cluster.Confidence;

/**
 * Makes {@link InstanceSegmentation} known as {@code instance-segmentation}.
 *
 * @since 0.2
 */
@Extension
public final class InstanceSegmentationFactory implements TaskFactory<InstanceSegmentationFactory.Config> {

    /** Where points are grouped, and by which numbers. */
    public enum Grouping {
        /** At the sampled points, numbers estimated from their spacing where none are given. */
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

            @Doc("Classes that have no objects. Names that the data set does not have are left out.")
            @Default("[wall, floor, ceiling]")
            List<String> stuff,

            @Doc("Weight of the distance between predicted and true offset, metres.") @Default("1") @Min(0)
            double offsetWeight,

            @Doc("Weight of the angle between predicted and true offset.") @Default("1") @Min(0)
            double directionWeight,

            @Doc("Where points are grouped, and by which numbers: estimated, published or published-benchmark.")
            @Default("estimated")
            Grouping grouping,

            @Doc("Points of one class closer than this belong together, metres; 1.5 times the spacing unless given.")
            @Positive
            Optional<Double> radius,

            @Doc("Groups of fewer points are noise; those of 200 square centimetres unless given.") @Min(1)
            Optional<Integer> minPoints,

            @Doc("Groups of so many points or fewer are no objects; those of 400 square centimetres unless given.")
            @Min(0)
            Optional<Integer> proposePoints,

            @Doc("How sure an object is: probability, mean (of raw scores) or lower-median (of raw scores).")
            @Default("probability")
            Confidence confidence,

            @Doc("Most neighbours of a point, the first of the file; 1000 as published, 0 for any number.")
            @Default("0")
            @Min(0)
            int neighbourCap,

            @Doc(
                    "Classes that published-benchmark groups as they lie. Names that the data set does not have are left out.")
            @Default("[bookshelf, counter, curtain]")
            List<String> flat) {

        public Config {
            stuff = List.copyOf(stuff);
            flat = List.copyOf(flat);
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
    public boolean needsLabels(Config config) {
        return true;
    }

    @Override
    public Task create(Config config, TaskContext context) {
        if (context.classes().count() < 2) {
            throw new IllegalArgumentException("instance-segmentation needs data with at least 2 classes, found "
                    + context.classes().count() + "; choose a labelled data set or map its labels to classes");
        }
        if (config.stuff().containsAll(context.classes().names())) {
            throw new IllegalArgumentException(
                    "all classes (" + String.join(", ", context.classes().names())
                            + ") are listed under 'stuff', so there can be no object; leave out those that have objects");
        }
        return new InstanceSegmentation(context, config);
    }
}
