package org.scenecontexts.votenet.net;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Every seed says where the centre of its object is, and what it knows about it (Qi et al., VoteNet, ICCV 2019, section 4.1;
 * REFERENCE 8.1).
 */
final class Voting extends Module {

    private final NormedConvolutions layers;
    private final int channels;
    private final int factor;

    /** @param factor votes of each seed */
    Voting(TensorEngine engine, RandomGenerator random, int channels, int factor) {
        layers = child("", new NormedConvolutions(engine, random, channels, channels, (3 + channels) * factor));
        this.channels = channels;
        this.factor = factor;
    }

    /**
     * Votes, those of a seed one after the other.
     *
     * @param places {@code [S * factor, 3]}, metres
     * @param features {@code [S * factor, C]}, of length 1
     */
    record Votes(Tensor places, Tensor features) {}

    /**
     * Votes.
     *
     * @param seeds {@code [S, C]}
     * @param positions {@code [S, 3]}, metres
     */
    Votes apply(Tensor seeds, Tensor positions) {
        Tensor said = layers.apply(seeds);
        Tensor rows = factor == 1 ? said : said.reshape(said.rows() * factor, 3 + channels);
        Tensor seen = repeated(seeds);
        Tensor from = repeated(positions);
        Tensor offsets = rows.columns(0, 3);
        Tensor changes = rows.columns(3, channels);
        said.release();
        Tensor places = from.add(offsets);
        Tensor sum = seen.add(changes);
        offsets.release();
        changes.release();
        Tensor features = sum.normalizeRows();
        sum.release();
        return new Votes(places, features);
    }

    private Tensor repeated(Tensor rows) {
        if (factor == 1) {
            return rows;
        }
        int[] index = new int[rows.rows() * factor];
        for (int i = 0; i < index.length; i++) {
            index[i] = i / factor;
        }
        return rows.gatherRows(index);
    }
}
