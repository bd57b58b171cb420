package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.runtime.log.Sizes;
import org.scenecontexts.runtime.pipeline.Blocks;
import org.scenecontexts.runtime.pipeline.Tta;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a model over a scene in overlapping blocks, in several views, and puts together what it says. Blocks are visited row by
 * row; what no further block will speak about is finished at once.
 *
 * @since 0.2
 */
public final class SceneSweep {

    private static final Logger LOG = LoggerFactory.getLogger(SceneSweep.class);

    /** Scenes of at most so many points are taken for cheap: nothing is measured. */
    private static final int SMALL = 30_000;

    /** Bytes per row that no engine counts: positions, inputs, kernel maps of voxels and their levels, neighbour lists. */
    private static final double UNCOUNTED = 900;

    private final Model model;
    private final Backbone backbone;
    private final PointPipeline pipeline;
    private final Parts parts;
    private final List<SceneView> views;
    private final Runnable between;
    private int drawn = Integer.MAX_VALUE;
    private boolean told;

    /**
     * How a scene is looked at.
     *
     * @param blocks how it is cut; in one piece when empty
     * @param tta how often it is seen
     * @param rows whether numbers of the sampled rows are wanted too (scores, submissions at voxels), not only what is said
     *     about points: they are kept until the end
     */
    public record Parts(Optional<Blocks> blocks, Optional<Tta> tta, boolean rows) {

        /** Scenes are seen once, whole. */
        public static final Parts WHOLE = new Parts(Optional.empty(), Optional.empty(), true);

        /** Whether there is nothing to put together. */
        public boolean isWhole() {
            return blocks.isEmpty() && tta.isEmpty();
        }

        private String keys() {
            return blocks.isPresent() ? "blocks" : "tta";
        }
    }

    /**
     * A scene that was put together.
     *
     * @param points its rows; none where they were not wanted
     * @param prediction what was said
     */
    public record Joined(SampledPoints points, ScenePrediction prediction) {}

    /** What is known while one scene is swept. */
    private record Run(Scene scene, PartReader reader, Chance chance, BlockPlan plan, BlockGrid grid, double[] low) {}

    /**
     * @param model in evaluation mode, not recording
     * @param pipeline what every block goes through
     * @param between called between blocks; ends the work by throwing
     * @throws CloudException when the model's task does not say how its predictions are joined
     */
    public SceneSweep(Model model, PointPipeline pipeline, Parts parts, Runnable between) {
        this.model = model;
        this.backbone = model.backbone();
        this.pipeline = pipeline;
        this.parts = parts;
        this.views = SceneView.all(parts.tta());
        this.between = between;
        requireJoining();
    }

    private void requireJoining() {
        Set<Prediction.Part> gives = model.spec().facts().gives();
        boolean can = switch (model.task().joining()) {
            case Joining.Averages averages ->
                gives.stream()
                        .noneMatch(part ->
                                part.kind() == Prediction.Kind.INSTANCES || part.kind() == Prediction.Kind.BOXES);
            case Joining.Rows rows -> true;
            case Joining.Boxes boxes -> gives.equals(Set.of(Prediction.Part.BOXES));
        };
        if (!can || gives.isEmpty()) {
            throw new CloudException("'" + parts.keys() + "' cannot be used with the task '"
                    + model.spec().facts().task() + "': it gives " + gives + " and does not say how such predictions of"
                    + " parts of a scene are put together; leave '" + parts.keys() + "' out");
        }
    }

    private PartReader reader() {
        return switch (model.task().joining()) {
            case Joining.Averages averages -> new AveragesReader(model.task());
            case Joining.Rows rows -> new RowsReader(rows);
            case Joining.Boxes boxes -> new BoxesReader(model.task(), boxes);
        };
    }

    /**
     * Predicts one scene.
     *
     * @param chance of this scene
     * @throws CloudException when it does not fit into the memory that was named, before the first block
     */
    public Joined run(Scene scene, Chance chance) {
        PartReader reader = reader();
        BlockPlan plan = plan(scene, chance);
        BlockGrid grid = plan.grid(scene);
        return sweep(new Run(scene, reader, chance, plan, grid, GridPlace.low(scene)));
    }

    private Joined sweep(Run run) {
        BlockGrid grid = run.grid();
        boolean byPoint = !parts.rows() && run.reader() instanceof AveragesReader;
        JoinedRows rows = new JoinedRows(run.scene());
        PointFigures figures = new PointFigures(run.scene().size());
        RowMeans means = new RowMeans();
        Map<Integer, TileSums> open = new HashMap<>();
        int[] left = new int[grid.tiles()];
        int blocks = 0;
        for (int tile = 0; tile < left.length; tile++) {
            left[tile] = grid.size(tile) > 0 ? grid.around(tile).length : 0;
            blocks += grid.size(tile) > 0 ? 1 : 0;
        }
        int done = 0;
        long started = System.nanoTime();
        for (int tile = 0; tile < grid.tiles(); tile++) {
            if (grid.size(tile) == 0) {
                continue;
            }
            between.run();
            block(run, grid.members(tile), open, byPoint ? Optional.empty() : Optional.of(rows));
            for (int other : grid.around(tile)) {
                if (--left[other] == 0) {
                    TileSums sums = open.remove(other);
                    if (byPoint) {
                        figures.take(grid, other, sums, run.reader().columns());
                    } else {
                        means.take(
                                grid, other, sums, rows.inverse(), run.reader().width());
                    }
                }
            }
            done++;
            if (blocks > 20 && done * 10 / blocks != (done - 1) * 10 / blocks) {
                LOG.info(
                        "{}: {} of {} blocks in {} s",
                        run.scene().id(),
                        done,
                        blocks,
                        (System.nanoTime() - started) / 1_000_000_000);
            }
        }
        if (byPoint) {
            AveragesReader averages = (AveragesReader) run.reader();
            List<Prediction> found = new ArrayList<>(figures.predictions(averages.columns()));
            found.addAll(averages.ofScene());
            return new Joined(rows.points(), new ScenePrediction(found));
        }
        SampledPoints points = rows.points();
        float[] values = means.values(points.size(), run.reader().width());
        return new Joined(points, run.reader().whole(run.scene(), points, values));
    }

    /** Runs one block in all views and draws and adds what is said to the points it holds. */
    private void block(Run run, BlockGrid.Members members, Map<Integer, TileSums> open, Optional<JoinedRows> rows) {
        Scene part = run.scene().select(members.points()).withBoxes(List.of());
        int[] core = members.core();
        int[] tileOf = members.tileOf();
        for (SceneView view : views) {
            PartReader.Place place = place(run, members, part, view);
            Scene seen = view.seen(part, place.x(), place.y());
            RandomGenerator random = run.chance().at(members.number()).random();
            Optional<Sample> whole =
                    part.size() <= drawn ? Optional.of(prepare(run, seen, view, random)) : Optional.empty();
            if (whole.isPresent() && isDrawn(whole.get(), part.size())) {
                drawn = whole.get().views().getFirst().size();
                whole = Optional.empty();
            }
            List<PointDraws.Draw> draws = whole.isPresent()
                    ? List.of(PointDraws.everything(part.size()))
                    : PointDraws.of(part.size(), drawn, random);
            for (PointDraws.Draw draw : draws) {
                Sample sample = whole.orElseGet(() -> prepare(run, seen.select(draw.points()), view, random));
                SampledPoints points = sample.views().getFirst();
                float[] values;
                try (Batch batch = Batch.of(List.of(sample), model.inputs())) {
                    values = run.reader().read(backbone, batch, place);
                }
                add(run, members, tileOf, open, draw, points, values);
                if (rows.isPresent() && view.equals(views.getFirst())) {
                    rows.get().take(points, at(members.points(), draw.points()), draw.own(core[0], core[1]));
                }
            }
        }
        model.engine().buffers().trim();
    }

    /** Whether a sampler chose some of the points rather than standing for all of them by voxels. */
    private static boolean isDrawn(Sample sample, int points) {
        SampledPoints sampled = sample.views().getFirst();
        return !sampled.hasGrid() && sampled.size() < points;
    }

    private Sample prepare(Run run, Scene seen, SceneView view, RandomGenerator random) {
        PointPipeline aligned = (scene, chance) -> view.isPlain()
                ? GridPlace.inWhole(pipeline.sample(scene, chance), run.low())
                : pipeline.sample(scene, chance);
        Sample sample = model.task().prepare(Example.of(seen), aligned, random);
        int found = sample.views().getFirst().inverse().length;
        if (found != seen.size()) {
            throw new CloudException("a block of scene '" + run.scene().id() + "' has " + seen.size()
                    + " points, but after the transforms " + found + "; predictions are given at every original point:"
                    + " leave out transforms that add, drop or crop points");
        }
        return sample;
    }

    private static PartReader.Place place(Run run, BlockGrid.Members members, Scene part, SceneView view) {
        double[][] bounds = run.grid().bounds(members.number());
        double margin = run.plan().overlap() / 4;
        double[][] wider = {
            {bounds[0][0] - margin, bounds[0][1] - margin}, {bounds[1][0] + margin, bounds[1][1] + margin}
        };
        double[] middle = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = axis; i < part.positions().length; i += 3) {
                low = Math.min(low, part.positions()[i]);
                high = Math.max(high, part.positions()[i]);
            }
            middle[axis] = (low + high) / 2;
        }
        return new PartReader.Place(view, middle[0], middle[1], wider);
    }

    private static void add(
            Run run,
            BlockGrid.Members members,
            int[] tileOf,
            Map<Integer, TileSums> open,
            PointDraws.Draw draw,
            SampledPoints points,
            float[] values) {
        int width = run.reader().width();
        for (int i = 0; i < draw.points().length; i++) {
            int member = draw.points()[i];
            int row = points.inverse()[i];
            if (row >= 0) {
                open.computeIfAbsent(
                                tileOf[member], tile -> new TileSums(run.grid().size(tile), width))
                        .add(members.slot()[member], values, row, members.weights()[member]);
            }
        }
    }

    private static int[] at(int[] values, int[] rows) {
        int[] found = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            found[i] = values[rows[i]];
        }
        return found;
    }

    private BlockPlan plan(Scene scene, Chance chance) {
        if (parts.blocks().isEmpty()) {
            return new BlockPlan(Double.POSITIVE_INFINITY, 0);
        }
        Blocks blocks = parts.blocks().get();
        BlockPlan wanted = BlockPlan.of(blocks, backbone.reach());
        BlockGrid grid = wanted.grid(scene);
        int fullest = 0;
        for (int tile = 1; tile < grid.tiles(); tile++) {
            fullest = grid.size(tile) > grid.size(fullest) ? tile : fullest;
        }
        BlockPlan plan = wanted;
        if (scene.size() > SMALL) {
            BlockPlan.Cost cost = cost(scene, grid.members(fullest), chance);
            plan = wanted.within(scene, cost, free(blocks, scene));
        }
        tell(scene, wanted, plan);
        return plan;
    }

    /** What blocks may take, beside what is there already. */
    private static double free(Blocks blocks, Scene scene) {
        // What the scene takes is only known when what it was made from is gone.
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return blocks.memoryBytes() - used - (double) BlockPlan.POINT_BYTES * scene.size();
    }

    /** Runs the network on some points of a block and looks what they take. */
    private BlockPlan.Cost cost(Scene scene, BlockGrid.Members members, Chance chance) {
        Scene block = scene.select(members.points()).withBoxes(List.of());
        Scene probe = PointDraws.middle(block, SMALL);
        PartReader reader = reader();
        Sample sample = model.task()
                .prepare(Example.of(probe), pipeline, chance.at("probe").random());
        SampledPoints points = sample.views().getFirst();
        BufferPool buffers = model.engine().buffers();
        long before = buffers.lentBytes();
        buffers.restartPeak();
        try (Batch batch = Batch.of(List.of(sample), model.inputs())) {
            // What is said does not count: it is said again, of the whole block.
            var unused = reader.read(backbone, batch, nowhere());
        }
        double peak = Math.max(0, buffers.peakBytes() - before) + UNCOUNTED * points.size();
        buffers.trim();
        boolean rows = parts.rows() || !(reader instanceof AveragesReader);
        double rowsPerPoint = Math.min(1, points.size() / (double) probe.size());
        double rowBytes = rows ? rowsPerPoint * (4.0 * reader.width() + 80) + 4 : 0;
        double own = 60 + 4.0 * reader.width();
        return isDrawn(sample, probe.size())
                ? new BlockPlan.Cost(peak, own, reader.width(), rowBytes)
                : new BlockPlan.Cost(0, peak / probe.size() + own, reader.width(), rowBytes);
    }

    private static PartReader.Place nowhere() {
        return new PartReader.Place(SceneView.PLAIN, 0, 0, new double[2][2]);
    }

    private void tell(Scene scene, BlockPlan wanted, BlockPlan plan) {
        if (told && plan.equals(wanted)) {
            return;
        }
        told = true;
        OptionalDouble reach = backbone.reach();
        LOG.info(
                "{}: blocks of {} m that share {} m with each neighbour{}{}",
                scene.id(),
                rounded(plan.size()),
                rounded(plan.overlap()),
                reach.isPresent()
                        ? ", " + Math.round(100 * plan.overlap() / reach.getAsDouble()) + "% of the "
                                + rounded(reach.getAsDouble()) + " m that a feature depends on to one side"
                        : "",
                plan.equals(wanted)
                        ? ""
                        : "; smaller than the " + rounded(wanted.size()) + " m asked for, to stay within "
                                + Sizes.text(parts.blocks().orElseThrow().memoryBytes()));
    }

    private static double rounded(double metres) {
        return Math.round(metres * 100) / 100.0;
    }
}
