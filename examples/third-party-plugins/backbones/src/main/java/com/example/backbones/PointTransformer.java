package com.example.backbones;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.grid.GridConvolution;
import org.scenecontexts.api.grid.SparseGrid;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The U-Net of Wu et al., "Point Transformer V3: Simpler, Faster, Stronger" (arXiv 2312.10035), without its relative position
 * bias, which the published ScanNet configuration leaves out too.
 *
 * <p>Other than the published code, cells are pooled where they lie and not from the scene's lowest corner, and the curves of
 * a scene do not depend on what else is in the batch.
 */
final class PointTransformer extends Module {

    /** Of the published batch norms. */
    private static final double MOMENTUM = 0.01;

    private static final int STEM = 5;

    private final TensorEngine engine;
    private final PointTransformerFactory.Config config;
    private final GridConvolution stem;
    private final BatchNorm stemNorm;
    private final List<List<TransformerBlock>> down = new ArrayList<>();
    private final List<Projection> pools = new ArrayList<>();
    private final List<List<TransformerBlock>> up = new ArrayList<>();
    private final List<Projection> unpools = new ArrayList<>();
    private final List<Projection> skips = new ArrayList<>();
    private final int channels;

    PointTransformer(TensorEngine engine, RandomGenerator random, PointTransformerFactory.Config config, int inputs) {
        this.engine = engine;
        this.config = config;
        int width = config.scaled(config.channels().getFirst());
        stem = child("embedding.conv", GridConvolution.submanifold(engine, random, STEM, inputs, width, false));
        stemNorm = child("embedding.norm", batchNorm(width));
        int blocks = config.depths().stream().mapToInt(Integer::intValue).sum();
        int before = 0;
        for (int s = 0; s < config.depths().size(); s++) {
            int next = config.scaled(config.channels().get(s));
            if (s > 0) {
                pools.add(child("enc" + s + ".down", new Projection(random, width, next)));
            }
            width = next;
            down.add(stage("enc" + s, random, width, config.depths().get(s), before, blocks, false));
            before += config.depths().get(s);
        }
        int upBlocks = config.upDepths().stream().mapToInt(Integer::intValue).sum();
        int after = upBlocks;
        for (int s = config.upDepths().size() - 1; s >= 0; s--) {
            int next = config.scaled(config.upChannels().get(s));
            unpools.add(child("dec" + s + ".up", new Projection(random, width, next)));
            skips.add(child(
                    "dec" + s + ".skip", new Projection(random, config.scaled(config.channels().get(s)), next)));
            width = next;
            after -= config.upDepths().get(s);
            up.add(stage("dec" + s, random, width, config.upDepths().get(s), after, upBlocks, true));
        }
        channels = width;
    }

    /** Blocks whose share of dropped rows rises over all of a side; on the way up it falls within a stage. */
    private List<TransformerBlock> stage(
            String name, RandomGenerator random, int width, int depth, int before, int blocks, boolean falling) {
        List<TransformerBlock> stage = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            int at = before + (falling ? depth - 1 - i : i);
            double drop = blocks == 1 ? 0 : config.dropPath() * at / (blocks - 1);
            stage.add(child(name + ".block" + i, new TransformerBlock(engine, random, width, drop)));
        }
        return stage;
    }

    private BatchNorm batchNorm(int width) {
        return new BatchNorm(engine, width, Momentum.ofBatch(MOMENTUM));
    }

    /** Linear, batch norm and GELU; the largest row of a group goes in between where rows are pooled. */
    private final class Projection extends Module {
        private final Linear linear;
        private final BatchNorm norm;

        Projection(RandomGenerator random, int in, int out) {
            linear = child("proj", new Linear(engine, random, in, out, true));
            norm = child("norm", batchNorm(out));
        }

        Tensor apply(Tensor x) {
            return norm.apply(linear.apply(x)).gelu();
        }

        Tensor pool(Tensor x, Groups cells) {
            return norm.apply(linear.apply(x).max(cells)).gelu();
        }
    }

    int channels() {
        return channels;
    }

    Tensor features(PointBatch batch) {
        SparseGrid grid = SparseGrid.of(engine, batch);
        Tensor x = stemNorm.apply(stem.apply(grid.fromBatch(Backbone.inputs(engine, batch)), grid)).gelu();
        List<SparseGrid> grids = new ArrayList<>();
        List<List<Curve>> curves = new ArrayList<>();
        List<Tensor> known = new ArrayList<>();
        for (int s = 0; s < down.size(); s++) {
            if (s > 0) {
                known.add(x);
                SparseGrid fine = grid;
                Groups cells = fine.keep("cells", () -> Groups.ragged(engine, fine.children()));
                x = pools.get(s - 1).pool(x, cells);
                grid = fine.coarser();
            }
            grids.add(grid);
            curves.add(curves());
            x = run(down.get(s), x, grid, curves.get(s));
        }
        for (int s = 0; s < up.size(); s++) {
            int level = up.size() - 1 - s;
            Tensor coarse = unpools.get(s).apply(x).gatherRows(grids.get(level).parents());
            x = skips.get(s).apply(known.get(level)).add(coarse);
            x = run(up.get(s), x, grids.get(level), curves.get(level));
        }
        return grids.getFirst().toBatch(x);
    }

    private Tensor run(List<TransformerBlock> blocks, Tensor x, SparseGrid grid, List<Curve> curves) {
        Tensor y = x;
        for (int i = 0; i < blocks.size(); i++) {
            Curve curve = curves.get(i % curves.size());
            y = blocks.get(i).apply(y, grid, Patches.of(engine, grid, curve, config.patch()));
        }
        return y;
    }

    /** All curves; in training in an order that follows from seed, iteration and place in the network. */
    private List<Curve> curves() {
        List<Curve> curves = new ArrayList<>(Arrays.asList(Curve.values()));
        if (training() && config.shuffleOrders()) {
            long draw = 31 * engine.draws().iteration() + engine.draws().next();
            Collections.shuffle(curves, java.util.Random.from(new SplittableRandom(draw)));
        }
        return curves;
    }
}
