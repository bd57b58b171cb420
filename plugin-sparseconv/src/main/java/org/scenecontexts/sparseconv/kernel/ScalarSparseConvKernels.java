package org.scenecontexts.sparseconv.kernel;

import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions with plain loops: the reference that others are tested against, and the fall-back where
 * the Vector API is missing.
 *
 * @since 0.1
 */
public final class ScalarSparseConvKernels implements SparseConvKernels {

    private final Parallel parallel;

    /** @param parallel threads to work on */
    public ScalarSparseConvKernels(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        float[] x = in.array();
        float[] w = weights.array();
        float[] y = out.array();
        int atX = in.arrayOffset();
        int atW = weights.arrayOffset();
        int atY = out.arrayOffset();
        parallel.run(map.blocks(), block -> {
            clear(map, block, y, atY, cout);
            for (int list = 0; list < map.lists(); list++) {
                int slice = atW + map.slice(list) * cin * cout;
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int from = atX + inRow(map.pair(block)[p]) * cin;
                    int to = atY + (map.firstRow(block) + outRow(map.pair(block)[p])) * cout;
                    for (int i = 0; i < cin; i++) {
                        float a = x[from + i];
                        int row = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            y[to + o] += a * w[row + o];
                        }
                    }
                }
            }
        });
    }

    @Override
    public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        float[] g = gradOut.array();
        float[] w = weights.array();
        float[] dx = gradIn.array();
        int atG = gradOut.arrayOffset();
        int atW = weights.arrayOffset();
        int atDx = gradIn.arrayOffset();
        KernelMap back = map.inverse();
        parallel.run(back.blocks(), block -> {
            clear(back, block, dx, atDx, cin);
            for (int list = 0; list < back.lists(); list++) {
                int slice = atW + back.slice(list) * cin * cout;
                for (int p = back.start(block, list); p < back.end(block, list); p++) {
                    int from = atG + inRow(back.pair(block)[p]) * cout;
                    int to = atDx + (back.firstRow(block) + outRow(back.pair(block)[p])) * cin;
                    for (int i = 0; i < cin; i++) {
                        float sum = 0;
                        int row = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            sum += g[from + o] * w[row + o];
                        }
                        dx[to + i] += sum;
                    }
                }
            }
        });
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        float[] x = in.array();
        float[] g = gradOut.array();
        float[] dw = gradWeights.array();
        int atX = in.arrayOffset();
        int atG = gradOut.arrayOffset();
        int atDw = gradWeights.arrayOffset();
        parallel.run(map.lists(), list -> {
            int slice = atDw + map.slice(list) * cin * cout;
            Arrays.fill(dw, slice, slice + cin * cout, 0);
            for (int block = 0; block < map.blocks(); block++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int from = atX + inRow(map.pair(block)[p]) * cin;
                    int grad = atG + (map.firstRow(block) + outRow(map.pair(block)[p])) * cout;
                    for (int i = 0; i < cin; i++) {
                        float a = x[from + i];
                        int row = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            dw[row + o] += a * g[grad + o];
                        }
                    }
                }
            }
        });
    }

    private static void clear(KernelMap map, int block, float[] out, int at, int channels) {
        int from = block * map.blockRows();
        int to = Math.min(map.outRows(), from + map.blockRows());
        Arrays.fill(out, at + from * channels, at + to * channels, 0);
    }
}
