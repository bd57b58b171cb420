package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * One step down in PointNet++: each centre's neighbours go through a shared perceptron, and the largest value per channel
 * is the centre's feature (REFERENCE 2.2). With several scales, each has its own perceptron and their features lie side by
 * side.
 *
 * <p>State names: {@code mlp_module.*} for one scale, {@code mlps.0.*}, {@code mlps.1.*} ... for several.
 */
final class SetAbstraction extends Module {

    private final TensorEngine engine;
    private final List<SharedMlp> perceptrons = new ArrayList<>();
    private final int channels;

    SetAbstraction(
            TensorEngine engine, RandomGenerator random, int in, List<Integer> widths, int scales, Momentum momentum) {
        this.engine = engine;
        for (int s = 0; s < scales; s++) {
            String name = scales == 1 ? "mlp_module" : "mlps." + s;
            perceptrons.add(child(name, new SharedMlp(engine, random, 3 + in, widths, momentum)));
        }
        channels = scales * widths.getLast();
    }

    /** Width of the output. */
    int channels() {
        return channels;
    }

    /**
     * @param points where the features are
     * @param features {@code [points, in]}; none when the input is positions only
     * @return {@code [centres, channels()]}
     */
    Tensor apply(PointSets points, Optional<Tensor> features, Level level) {
        Tensor[] parts = new Tensor[perceptrons.size()];
        for (int s = 0; s < parts.length; s++) {
            Neighbourhood neighbours = level.neighbourhoods().get(s);
            Tensor grouped = GroupOp.group(engine, points, level.points(), neighbours, features);
            Tensor seen = perceptrons.get(s).apply(grouped);
            grouped.release();
            parts[s] = seen.groupMax(neighbours.samples());
            seen.release();
        }
        if (parts.length == 1) {
            return parts[0];
        }
        Tensor all = Tensor.concat(parts);
        for (Tensor part : parts) {
            part.release();
        }
        return all;
    }
}
