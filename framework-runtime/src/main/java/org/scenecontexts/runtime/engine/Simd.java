package org.scenecontexts.runtime.engine;

import java.util.Locale;
import java.util.function.Function;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.runtime.engine.vector.VectorDenseKernels;

/** Decides between vector and scalar kernels, once per engine, and can say why. */
public final class Simd {

    /** System property that overrides the choice: {@code scalar} or {@code vector}. */
    public static final String PROPERTY = "csc.simd";

    private static final String MODULE = "jdk.incubator.vector";

    private Simd() {}

    /**
     * A choice.
     *
     * @param vector whether the Vector API is used
     * @param reason half a sentence for the log
     */
    public record Decision(boolean vector, String reason) {

        /** The kernels chosen, on these threads. */
        public DenseKernels kernels(Parallel parallel) {
            Function<Parallel, DenseKernels> make = vector ? Vectors::kernels : ScalarDenseKernels::new;
            return make.apply(parallel);
        }
    }

    /** Kept apart so that its classes are only loaded where their module exists. */
    private static final class Vectors {
        static DenseKernels kernels(Parallel parallel) {
            return new VectorDenseKernels(parallel);
        }

        static int bits() {
            return VectorDenseKernels.vectorBits();
        }
    }

    /**
     * The choice for this machine and this Java.
     *
     * @throws IllegalStateException when the property asks for what cannot be had
     */
    public static Decision choose() {
        return choose(
                System.getProperty(PROPERTY, "auto"),
                ModuleLayer.boot().findModule(MODULE).isPresent());
    }

    static Decision choose(String wish, boolean modulePresent) {
        boolean forced = !wish.equals("auto");
        return switch (wish.toLowerCase(Locale.ROOT)) {
            case "scalar" -> new Decision(false, "chosen with -D" + PROPERTY + "=scalar");
            case "vector", "auto" -> {
                if (!modulePresent) {
                    String missing = "Java was started without --add-modules " + MODULE;
                    if (forced) {
                        throw new IllegalStateException("-D" + PROPERTY + "=vector was asked for, but " + missing
                                + "; add it, or leave the property out");
                    }
                    yield new Decision(false, missing + ", which makes training many times slower than necessary");
                }
                int bits = Vectors.bits();
                if (forced) {
                    yield new Decision(true, "chosen with -D" + PROPERTY + "=vector");
                }
                yield bits >= 128
                        ? new Decision(true, "the processor has vectors of " + bits + " bits")
                        : new Decision(
                                false, "the processor's vectors have " + bits + " bits, at least 128 are worth it");
            }
            default ->
                throw new IllegalStateException(
                        "-D" + PROPERTY + " must be scalar, vector or auto, found '" + wish + "'");
        };
    }
}
