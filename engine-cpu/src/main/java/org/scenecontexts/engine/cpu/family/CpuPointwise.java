package org.scenecontexts.engine.cpu.family;

import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.engine.cpu.dense.Loops;

/** Functions of numbers, in chunks. */
final class CpuPointwise implements PointwiseKernels {

    private final Parallel parallel;
    private final Supplier<Loops> loops;

    CpuPointwise(Parallel parallel, Supplier<Loops> loops) {
        this.parallel = parallel;
        this.loops = loops;
    }

    @Override
    public void apply(Pointwise function, int n, float parameter, Buffer x, Buffer out) {
        float[] from = x.array();
        float[] to = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(
                n,
                Pieces.NUMBERS,
                (i, end) -> loops.get().functions().apply(function, end - i, parameter, from, atX + i, to, atOut + i));
    }

    @Override
    public void gradient(Pointwise function, int n, float parameter, Buffer known, Buffer gradOut, Buffer gradIn) {
        float[] values = known.array();
        float[] out = gradOut.array();
        float[] in = gradIn.array();
        int atValues = known.arrayOffset();
        int atOut = gradOut.arrayOffset();
        int atIn = gradIn.arrayOffset();
        parallel.rows(
                n,
                Pieces.NUMBERS,
                (i, end) -> loops.get()
                        .functions()
                        .gradient(function, end - i, parameter, values, atValues + i, out, atOut + i, in, atIn + i));
    }

    @Override
    public void shift(int n, float amount, Buffer x, Buffer out) {
        float[] from = x.array();
        float[] to = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (i, end) -> {
            for (int j = i; j < end; j++) {
                to[atOut + j] = from[atX + j] + amount;
            }
        });
    }

    @Override
    public void divide(int n, Buffer x, Buffer y, Buffer out) {
        float[] a = x.array();
        float[] b = y.array();
        float[] to = out.array();
        int atA = x.arrayOffset();
        int atB = y.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (i, end) -> {
            for (int j = i; j < end; j++) {
                to[atOut + j] = a[atA + j] / b[atB + j];
            }
        });
    }

    @Override
    public void divisorGradient(int n, Buffer gradOut, Buffer quotient, Buffer y, Buffer gradY) {
        float[] g = gradOut.array();
        float[] q = quotient.array();
        float[] b = y.array();
        float[] to = gradY.array();
        int atG = gradOut.arrayOffset();
        int atQ = quotient.arrayOffset();
        int atB = y.arrayOffset();
        int atTo = gradY.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (i, end) -> {
            for (int j = i; j < end; j++) {
                to[atTo + j] = -(g[atG + j] * q[atQ + j]) / b[atB + j];
            }
        });
    }
}
