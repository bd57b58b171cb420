package org.scenecontexts.pointnet2.net;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/** Neighbourhoods as rows {@code [centres * samples, 3 + C]}; the gradient goes to the features only. */
final class GroupOp extends DifferentiableOp {

    private final PointSets points;
    private final PointSets centres;
    private final Neighbourhood neighbours;

    private GroupOp(PointSets points, PointSets centres, Neighbourhood neighbours) {
        this.points = points;
        this.centres = centres;
        this.neighbours = neighbours;
    }

    static Tensor group(
            TensorEngine engine,
            PointSets points,
            PointSets centres,
            Neighbourhood neighbours,
            Optional<Tensor> features) {
        GroupOp op = new GroupOp(points, centres, neighbours);
        return features.map(f -> op.apply(f)).orElseGet(() -> op.rows(engine, 0, Buffer.NONE));
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor features = inputs.getFirst();
        return rows(engine, features.columns(), features.buffer());
    }

    private Tensor rows(TensorEngine engine, int channels, Buffer features) {
        Tensor y = engine.allocate(centres.rows() * neighbours.samples(), 3 + channels);
        engine.kernel(PointKernels.class)
                .group(
                        points,
                        centres,
                        neighbours.samples(),
                        neighbours.index(),
                        neighbours.radius(),
                        channels,
                        features,
                        y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int channels = gradient.columns() - 3;
        Tensor d = engine.allocate(points.rows(), channels);
        engine.kernel(PointKernels.class)
                .groupBackward(
                        gradient.rows(), points.rows(), neighbours.index(), channels, gradient.buffer(), d.buffer());
        inputs.add(0, d);
    }
}
