package org.scenecontexts.nd4j.dense;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.nd4j.memory.Nd4jIndices;

/**
 * The operations of ND4J that the kernels are made of, on buffers: few, because what is said here about each was measured.
 *
 * <p>Results are preallocated and row-major: {@code a.mmul(b)}, which makes its result, is up to fifty times slower. Indices are
 * checked before ND4J sees them: its own check of {@code gather} does not cover all, and a bad one ends the JVM.
 */
public final class Nd4jOps {

    private Nd4jOps() {}

    /** Runs an operation that is made of arrays of these buffers, which live until it is done. */
    public static void run(Op op, Object... buffers) {
        if (op.z().length() > 0) {
            Nd4j.getExecutioner().exec(op);
        }
        Reference.reachabilityFence(buffers);
    }

    /** Runs an operation that is made of arrays of these buffers, which live until it is done. */
    static void run(CustomOp op, Object... buffers) {
        Nd4j.getExecutioner().exec(op);
        Reference.reachabilityFence(buffers);
    }

    /** The leading numbers of a buffer. */
    public static INDArray vector(Buffer buffer, int n) {
        return own(buffer).array(n);
    }

    /** Copies numbers to another place of their own shape. */
    public static void assign(INDArray from, INDArray to, Object... buffers) {
        if (to.length() > 0) {
            to.assign(from);
        }
        Reference.reachabilityFence(buffers);
    }

    /** {@code c = op(a) . op(b)}, or added to c, for one or many matrices. */
    public static void product(
            boolean transposeA,
            boolean transposeB,
            INDArray a,
            INDArray b,
            INDArray c,
            boolean accumulate,
            Object... buffers) {
        MMulTranspose transposed = MMulTranspose.builder()
                .transposeA(transposeA)
                .transposeB(transposeB)
                .build();
        run(new Mmul(a, b, c, 1, accumulate ? 1 : 0, transposed), buffers);
    }

    /** {@code out[i] = x[index[i]]}. */
    static void gather(int count, int columns, int rows, Buffer x, Indices index, Buffer out) {
        run(
                DynamicCustomOp.builder("gather")
                        .addInputs(
                                own(x).array(rows, columns),
                                Nd4jIndices.own(index).choosing(count, rows))
                        .addOutputs(own(out).array(count, columns))
                        .addIntegerArguments(0)
                        .build(),
                x,
                index,
                out);
    }

    /**
     * {@code out[index[i]] += x[i]}, with the lock of ND4J's operation: one thread in the order of i, so that the same bits come
     * every time. Without it threads write over one another.
     */
    static void scatterAdd(int count, int columns, Buffer x, Indices index, int outRows, Buffer out) {
        INDArray target = own(out).array(outRows, columns);
        run(
                DynamicCustomOp.builder("scatter_add")
                        .addInputs(
                                target, Nd4jIndices.own(index).choosing(count, outRows), own(x).array(count, columns))
                        .addOutputs(target)
                        .addBooleanArguments(true, true)
                        .build(),
                x,
                index,
                out);
    }
}
