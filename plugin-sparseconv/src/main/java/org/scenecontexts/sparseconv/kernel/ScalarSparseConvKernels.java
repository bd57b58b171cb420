package org.scenecontexts.sparseconv.kernel;

import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions with plain loops: the reference that others are tested against, and the fall-back where
 * the Vector API is missing.
 *
 * @since 0.1
 */
public final class ScalarSparseConvKernels implements SparseConvKernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void forward(KernelMap map, float[] in, int cin, float[] weights, int cout, float[] out, Parallel parallel) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        parallel.run(map.blocks(), block -> {
            clear(map, block, out, cout);
            for (int list = 0; list < map.lists(); list++) {
                int slice = map.slice(list) * cin * cout;
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int from = inRow(map.pair(block)[p]) * cin;
                    int to = (map.firstRow(block) + outRow(map.pair(block)[p])) * cout;
                    for (int i = 0; i < cin; i++) {
                        float a = in[from + i];
                        int w = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            out[to + o] += a * weights[w + o];
                        }
                    }
                }
            }
        });
    }

    @Override
    public void inputGradient(
            KernelMap map, float[] gradOut, int cout, float[] weights, int cin, float[] gradIn, Parallel parallel) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        KernelMap back = map.inverse();
        parallel.run(back.blocks(), block -> {
            clear(back, block, gradIn, cin);
            for (int list = 0; list < back.lists(); list++) {
                int slice = back.slice(list) * cin * cout;
                for (int p = back.start(block, list); p < back.end(block, list); p++) {
                    int from = inRow(back.pair(block)[p]) * cout;
                    int to = (back.firstRow(block) + outRow(back.pair(block)[p])) * cin;
                    for (int i = 0; i < cin; i++) {
                        float sum = 0;
                        int w = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            sum += gradOut[from + o] * weights[w + o];
                        }
                        gradIn[to + i] += sum;
                    }
                }
            }
        });
    }

    @Override
    public void weightGradient(
            KernelMap map, float[] in, int cin, float[] gradOut, int cout, float[] gradWeights, Parallel parallel) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        parallel.run(map.lists(), list -> {
            int slice = map.slice(list) * cin * cout;
            Arrays.fill(gradWeights, slice, slice + cin * cout, 0);
            for (int block = 0; block < map.blocks(); block++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int from = inRow(map.pair(block)[p]) * cin;
                    int grad = (map.firstRow(block) + outRow(map.pair(block)[p])) * cout;
                    for (int i = 0; i < cin; i++) {
                        float a = in[from + i];
                        int w = slice + i * cout;
                        for (int o = 0; o < cout; o++) {
                            gradWeights[w + o] += a * gradOut[grad + o];
                        }
                    }
                }
            }
        });
    }

    private static void clear(KernelMap map, int block, float[] out, int channels) {
        int from = block * map.blockRows();
        int to = Math.min(map.outRows(), from + map.blockRows());
        Arrays.fill(out, from * channels, to * channels, 0);
    }
}
