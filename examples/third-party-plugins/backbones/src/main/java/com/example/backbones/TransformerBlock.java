package com.example.backbones;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridConvolution;
import org.scenecontexts.api.grid.SparseGrid;
import org.scenecontexts.api.nn.LayerNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A block of Point Transformer V3 (arXiv 2312.10035, section 4): a sparse convolution that says where a voxel is, attention
 * within patches, a perceptron; each added to what comes in.
 */
final class TransformerBlock extends Module {

    /** Channels of a head. */
    private static final int HEAD = 16;

    private static final int EXPANSION = 4;

    private final TensorEngine engine;
    private final int width;
    private final int heads;
    private final double dropPath;
    private final GridConvolution place;
    private final Linear placeLinear;
    private final LayerNorm placeNorm;
    private final LayerNorm attentionNorm;
    private final Linear qkv;
    private final Linear projection;
    private final LayerNorm perceptronNorm;
    private final Linear wide;
    private final Linear narrow;

    TransformerBlock(TensorEngine engine, RandomGenerator random, int width, double dropPath) {
        this.engine = engine;
        this.width = width;
        this.dropPath = dropPath;
        heads = Math.max(1, width / HEAD);
        place = child("cpe.0", GridConvolution.submanifold(engine, random, 3, width, width, true));
        placeLinear = child("cpe.1", new Linear(engine, random, width, width, true));
        placeNorm = child("cpe.2", new LayerNorm(engine, width));
        attentionNorm = child("norm1", new LayerNorm(engine, width));
        qkv = child("attn.qkv", new Linear(engine, random, width, 3 * width, true));
        projection = child("attn.proj", new Linear(engine, random, width, width, true));
        perceptronNorm = child("norm2", new LayerNorm(engine, width));
        wide = child("mlp.fc1", new Linear(engine, random, width, EXPANSION * width, true));
        narrow = child("mlp.fc2", new Linear(engine, random, EXPANSION * width, width, true));
    }

    /** {@code [M, width] -> [M, width]}, rows of the grid. */
    Tensor apply(Tensor x, SparseGrid grid, Patches patches) {
        Tensor placed = placeNorm.apply(placeLinear.apply(place.apply(x, grid))).add(x);
        Tensor attended = dropped(attention(attentionNorm.apply(placed), patches)).add(placed);
        Tensor thought = narrow.apply(wide.apply(perceptronNorm.apply(attended)).gelu());
        return dropped(thought).add(attended);
    }

    private Tensor attention(Tensor x, Patches patches) {
        Tensor all = qkv.apply(x);
        Tensor[] parts = new Tensor[patches.runs().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = attention(all.gatherRows(patches.runs().get(i).rows()), patches.runs().get(i).size());
        }
        Tensor places = parts.length == 1 ? parts[0] : Tensor.concatRows(parts);
        return projection.apply(places.gatherRows(patches.places()));
    }

    /** @param rows query, key and value of each place, {@code [patches * size, 3 * width]} */
    private Tensor attention(Tensor rows, int size) {
        int places = rows.rows();
        Tensor q = byHead(rows.columns(0, width).scale(1 / Math.sqrt((double) width / heads)), size);
        Tensor k = byHead(rows.columns(width, width), size);
        Tensor v = byHead(rows.columns(2 * width, width), size);
        Tensor shares = q.bmm(k, false, true).softmax(2);
        return shares.bmm(v)
                .reshape(heads, places, width / heads)
                .transpose(0, 1)
                .reshape(places, width);
    }

    /** {@code [places, width] -> [heads * patches, size, width / heads]}. */
    private Tensor byHead(Tensor x, int size) {
        int places = x.rows();
        return x.reshape(places, heads, width / heads)
                .transpose(0, 1)
                .reshape(heads * places / size, size, width / heads);
    }

    /** A branch without some of its rows, the others scaled up to make good for them, in training. */
    private Tensor dropped(Tensor branch) {
        if (!training() || dropPath == 0) {
            return branch;
        }
        Tensor ones = engine.allocate(branch.rows(), 1);
        engine.dense().fill(ones.size(), 1f, ones.buffer());
        return branch.multiply(ones.dropout(dropPath));
    }
}
