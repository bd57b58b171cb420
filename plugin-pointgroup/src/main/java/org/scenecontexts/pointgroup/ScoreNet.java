package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.InnerNetwork;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Looks at the shape of each proposal and says how much of a true object it is: classes alone do not tell a whole chair from two
 * halves (Jiang et al., PointGroup, CVPR 2020, section 3.3).
 *
 * <p>The features of a proposal's rows are averaged over the cells of a grid of its own, a further network runs on these
 * cells, and the largest value of each of its channels over the proposal goes through one linear layer.
 */
final class ScoreNet extends Module {

    private final InnerNetwork network;
    private final Linear linear;
    private final ProposalCells.Grid grid;

    /**
     * @param choice any backbone with a feature per point
     * @param cells most cells of a proposal along a side
     */
    ScoreNet(TaskContext context, Choice<ModelContext, Backbone> choice, int cells) {
        network = InnerNetwork.of(choice, context, context.featureChannels());
        child("score_net", network.module());
        linear = child("score_linear", new Linear(context.engine(), context.random(), network.channels(), 1, true));
        grid = new ProposalCells.Grid(cells, spacing(choice.factory(), choice.config()));
    }

    /** The edge of a voxel, which a cell becomes whatever it is; 0 where the network has none. */
    private static double spacing(Object factory, Record config) {
        return factory instanceof BackboneFactory<?> backbones ? sampledSpacing(backbones, config) : 0;
    }

    private static <C extends Record> double sampledSpacing(BackboneFactory<C> factory, Record config) {
        return factory.sampling(factory.configType().cast(config))
                .sample(Scene.ofPositions("point", new float[3]), new SplittableRandom(0))
                .spacing();
    }

    /**
     * Scores before the sigmoid.
     *
     * @param features of the backbone, {@code [M, C]}
     * @param proposals rows of the batch, at least one proposal, none of them empty
     * @param points the batch
     * @param chance moves proposals within their grids
     * @return {@code [P, 1]}
     */
    Tensor logits(Tensor features, List<int[]> proposals, PointBatch points, RandomGenerator chance) {
        float[] places = OffsetTargets.places(points);
        boolean onGrid = points.grid().length > 0;
        double unit = onGrid ? points.spacing() : 1;
        double[] spacings = new double[points.scenes()];
        List<Scene> scenes = new ArrayList<>();
        int[] rows = new int[proposals.stream().mapToInt(p -> p.length).sum()];
        int[] firsts = new int[rows.length + 1];
        int[] sizes = new int[proposals.size()];
        int cells = 0;
        int from = 0;
        for (int p = 0; p < sizes.length; p++) {
            int[] proposal = proposals.get(p);
            int scene = sceneOf(proposal[0], points.offsets());
            if (spacings[scene] == 0) {
                spacings[scene] =
                        onGrid ? 1 : ObjectScale.spacing(points.items().get(scene));
            }
            ProposalCells own = ProposalCells.of(places, proposal, spacings[scene], unit, grid, chance);
            System.arraycopy(own.rows(), 0, rows, from, proposal.length);
            for (int cell = 0; cell < own.count(); cell++) {
                firsts[++cells] = from + own.firsts()[cell + 1];
            }
            from += proposal.length;
            sizes[p] = own.count();
            scenes.add(own.place());
        }
        return logits(features, rows, Arrays.copyOf(firsts, cells + 1), sizes, scenes, points, chance);
    }

    private Tensor logits(
            Tensor features,
            int[] rows,
            int[] cellFirsts,
            int[] sizes,
            List<Scene> scenes,
            PointBatch points,
            RandomGenerator chance) {
        TensorEngine engine = features.engine();
        Tensor gathered = features.gatherRows(rows);
        Tensor cells = gathered.mean(Groups.ragged(engine, cellFirsts));
        gathered.release();
        Tensor told = network.features(scenes, cells, chance, points);
        cells.release();
        Tensor pooled = told.max(Groups.ofSizes(engine, sizes));
        told.release();
        Tensor logits = linear.apply(pooled);
        pooled.release();
        return logits;
    }

    /** The scene that a row of a batch belongs to. */
    static int sceneOf(int row, int[] offsets) {
        int scene = 0;
        while (offsets[scene + 1] <= row) {
            scene++;
        }
        return scene;
    }
}
