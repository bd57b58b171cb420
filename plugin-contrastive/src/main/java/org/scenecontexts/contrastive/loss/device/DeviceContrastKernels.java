package org.scenecontexts.contrastive.loss.device;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.ContrastKernels;

/** The contrastive losses where values stay on a device; all sums have a fixed order and nothing comes to the host. */
final class DeviceContrastKernels implements ContrastKernels {

    private final TensorEngine engine;
    private final DeviceProgram nearest;
    private final DeviceInfoNce infoNce;

    DeviceContrastKernels(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        nearest = programs.compile(DeviceContrastKernels.class, "nearest.cl", Map.of());
        infoNce = new DeviceInfoNce(engine, programs);
    }

    @Override
    public void infoNce(InfoNce call) {
        infoNce.run(call);
    }

    /** What is found about the points of one view: the nearest candidate, whether it counts, how far it is. */
    private final class Side implements AutoCloseable {
        private final Indices at;
        private final Indices used;
        private final Buffer distance;

        /** @param second whether the points lie in the second views */
        Side(Hardest call, boolean second) {
            Rows rows = call.rows();
            RowList points = second ? rows.second() : rows.first();
            RowList candidates = second ? rows.candidates0() : rows.candidates1();
            int n = points.length();
            at = engine.buffers().takeIndices(n, Math.max(1, candidates.length()));
            used = engine.buffers().takeIndices(n, 2);
            distance = engine.buffers().take(2 * n);
            nearest.launch(
                    "hardest",
                    new Groups(n, 1, 1),
                    candidates.length(),
                    call.channels(),
                    rows.matchFirst().length(),
                    second ? 1 : 0,
                    second ? call.second() : call.first(),
                    second ? call.candidates0() : call.candidates1(),
                    points.there(),
                    candidates.there(),
                    rows.matchFirst().there(),
                    rows.matchSecond().there(),
                    at,
                    used,
                    distance);
        }

        @Override
        public void close() {
            at.release();
            used.release();
            engine.buffers().give(distance);
        }
    }

    @Override
    public void hardest(Hardest call) {
        int n = call.rows().first().length();
        Buffer excess = engine.buffers().take(2 * n);
        Indices counts = engine.buffers().takeIndices(2, Integer.MAX_VALUE);
        try (Side first = new Side(call, false);
                Side second = new Side(call, true)) {
            nearest.launch(
                    "excess",
                    Groups.of(n),
                    n,
                    call.channels(),
                    call.margins().positive(),
                    call.first(),
                    call.second(),
                    excess);
            nearest.launch(
                    "hardestTotal",
                    new Groups(1, 1, 1),
                    n,
                    call.margins().negative(),
                    call.margins().negativeWeight(),
                    excess,
                    first.used,
                    first.distance,
                    second.used,
                    second.distance,
                    counts,
                    call.losses());
            gradients(call, excess, first, second, counts);
        }
        engine.buffers().give(excess);
        counts.release();
    }

    private void gradients(Hardest call, Buffer excess, Side first, Side second, Indices counts) {
        int points = call.rows().first().length();
        int n = Math.multiplyExact(points, call.channels());
        Buffer push1 = engine.buffers().take(n);
        Buffer push0 = engine.buffers().take(n);
        nearest.launch(
                "hardestGradient",
                Groups.of(n),
                n,
                call.channels(),
                call.margins().negative(),
                call.margins().negativeWeight(),
                call.first(),
                call.second(),
                call.candidates1(),
                call.candidates0(),
                excess,
                first.at,
                first.used,
                first.distance,
                second.at,
                second.used,
                second.distance,
                counts,
                call.gradFirst(),
                call.gradSecond(),
                push1,
                push0);
        add(points, call.channels(), push1, first.at, call.rows().candidates1().length(), call.gradCandidates1());
        add(points, call.channels(), push0, second.at, call.rows().candidates0().length(), call.gradCandidates0());
        engine.buffers().give(push1);
        engine.buffers().give(push0);
    }

    /** Rows added to what they chose, in their order. */
    private void add(int count, int channels, Buffer rows, Indices chosen, int outRows, Buffer out) {
        engine.dense().fill(outRows * channels, 0, out);
        engine.dense().scatterAddRows(count, channels, rows, chosen, outRows, out);
    }

    @Override
    public void recall(Recall call) {
        Indices hits = engine.buffers().takeIndices(call.queries(), 2);
        int rows0 = rows(call.features0(), call);
        int rows1 = rows(call.features1(), call);
        nearest.launch(
                "recall",
                new Groups(call.queries(), 1, 1),
                call.channels(),
                call.radius() * call.radius(),
                call.features0(),
                call.features1(),
                engine.indices(call.row(), rows0),
                engine.indices(call.from(), rows1),
                engine.indices(call.to(), rows1),
                engine.indices(call.truth(), rows1),
                engine.bufferOf(call.positions1()),
                hits);
        nearest.launch("share", new Groups(1, 1, 1), call.queries(), hits, call.share());
        hits.release();
    }

    private static int rows(Buffer features, Recall call) {
        return features.capacity() / call.channels();
    }
}
