package org.scenecontexts.contrastive.loss.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.ContrastKernels.InfoNce;
import org.scenecontexts.contrastive.partition.Partitioner;

/**
 * PointInfoNCE on the device: matrix products of the engine around one kernel that does everything between similarities and
 * their gradients. A tile of anchors has at most {@value #TILE_NUMBERS} similarities, so that memory beside it is O(n).
 */
final class DeviceInfoNce {

    /** Similarities in memory at one time: large enough for few launches, 16 MiB. */
    private static final int TILE_NUMBERS = 1 << 22;

    private static final int LEAST_ANCHORS = 32;

    private final TensorEngine engine;
    private final DevicePrograms programs;

    /** By the rule, whose borders between contexts are compiled in. */
    private final Map<Partitioner.Rule, DeviceProgram> compiled = new HashMap<>();

    /** Weights are those of the configuration and the number of groups, so they are few. */
    private final Map<WeightKey, Buffer> weights = new HashMap<>();

    private record WeightKey(float[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof WeightKey key && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    DeviceInfoNce(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        this.programs = programs;
    }

    private DeviceProgram program(Partitioner.Rule rule, int contexts) {
        return compiled.computeIfAbsent(
                rule,
                r -> programs.compile(
                        DeviceInfoNce.class,
                        "infonce.cl",
                        Map.of(
                                "KIND",
                                r.kind().ordinal(),
                                "CONTEXTS",
                                contexts,
                                "XY_BINS",
                                r.xyBins(),
                                "ZY_BINS",
                                r.zyBins())));
    }

    private static int anchors(int n) {
        return Math.min(n, Math.max(LEAST_ANCHORS, TILE_NUMBERS / n));
    }

    void run(InfoNce call) {
        int n = call.points();
        int contexts = call.weights().length;
        Partitioner.Rule rule = call.partitioner().rule();
        DeviceProgram program = program(rule, contexts);
        Buffer weight = weights.computeIfAbsent(
                new WeightKey(call.weights().clone()), key -> engine.bufferOf(key.values.clone()));
        Buffer positions = engine.bufferOf(call.positions());
        int tile = anchors(n);
        Buffer similarities = engine.buffers().take(Math.multiplyExact(tile, n));
        Buffer scaled = engine.buffers().take(Math.multiplyExact(tile, call.channels()));
        Buffer losses = engine.buffers().take(Math.multiplyExact(2 * contexts, n));
        for (int from = 0; from < n; from += tile) {
            int first = from;
            int rows = Math.min(tile, n - from);
            tile(
                    call,
                    from,
                    rows,
                    scaled,
                    similarities,
                    () -> program.launch(
                            "anchors",
                            new Groups(rows, 1, 1),
                            n,
                            first,
                            rule.near(),
                            rule.far(),
                            call.inverseTemperature() / n,
                            positions,
                            weight,
                            similarities,
                            losses));
        }
        program.launch("total", new Groups(1, 1, 1), n, weight, losses, call.losses());
        engine.buffers().give(similarities);
        engine.buffers().give(scaled);
        engine.buffers().give(losses);
    }

    /** Products before and after what is done to similarities; the keys' gradient grows tile by tile. */
    private void tile(InfoNce call, int from, int rows, Buffer scaled, Buffer similarities, Runnable between) {
        int n = call.points();
        int channels = call.channels();
        DenseKernels dense = engine.dense();
        Buffer queries = call.queries().slice(from * channels, rows * channels);
        dense.scale(rows * channels, call.inverseTemperature(), queries, scaled);
        dense.gemm(false, true, rows, n, channels, scaled, call.keys(), similarities, false);
        between.run();
        Buffer gradQueries = call.gradQueries().slice(from * channels, rows * channels);
        dense.gemm(false, false, rows, channels, n, similarities, call.keys(), gradQueries, false);
        dense.gemm(true, false, n, channels, rows, similarities, queries, call.gradKeys(), from > 0);
    }
}
