package org.scenecontexts.api.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes kernels in OpenCL C to a device whose memory the engine's buffers lie in, so that plugins can bring their own: what
 * {@link TensorEngine#programs} gives.
 *
 * <p>The engine puts a few macros in front of every source. {@code KERNEL name(...)} begins a kernel that runs in groups of
 * {@value #GROUP} items, {@code KERNEL_OF(n) name(...)} one in groups of n. {@code B(x)} declares a {@link Buffer} among the
 * parameters and {@code AT(x)}, a statement at the top of the body, makes {@code x} point to its first number, which is not
 * that of its memory where it is a slice. {@code I(x)} declares {@link Indices}. {@code ITEM} is the number of an item along
 * x, {@code LANE} that within its group, {@code GROUP_X}, {@code GROUP_Y} and {@code GROUP_Z} the numbers of the group;
 * {@code EACH(n)}, a statement, makes {@code i} the item and ends those from n on. Double precision is there: {@code D(x)}
 * declares a buffer that {@code AS_DOUBLES(x)}, a statement, reads as doubles of two numbers each. {@code TREE(a)} adds up
 * {@code a[GROUP]} of local memory, a number for each item of a group, into {@code a[0]} in a fixed order, and
 * {@code TREES(a, b)} two such; {@code LEAST(a, at)} finds the least of them and what its item has in {@code at[GROUP]}, of equals
 * the least of these, in {@code a[0]} and {@code at[0]}. {@link DeviceSort#running} says what {@code RUN} and {@code RUN_ALL} are for.
 *
 * <p>{@code P(x)} declares a buffer that may hold bfloat16, two numbers in a word, and is given as {@link
 * DeviceProgram.Packable}; {@code AT_P(x)} stands in the place of {@code AT(x)}, {@code NUMBER(x, i)} reads a number and
 * {@code STORE_NUMBER(x, i, value)} writes one, rounded. Their source defines {@code PACKS} as 1, or as 0 where there are no such buffers.
 *
 * <p>A source may be compiled as another language than OpenCL C, of which it then means the same, or is refused. So that it can,
 * a function of its own is {@code static}, no kernel has the name of a function of the C library, local memory is declared with
 * {@code __local} while a pointer to it is declared, and cast to, with {@code TO_LOCAL}; and vectors are made with {@code
 * OF2(float, a, b)} and {@code OF4(float, a, b, c, d)}.
 *
 * @since 0.2
 */
public interface DevicePrograms {

    /** Items of a group, unless a kernel says otherwise. */
    int GROUP = 64;

    /**
     * What the device can hold, for whoever chooses among kernels.
     *
     * @param units compute units, each of which runs groups of its own
     * @param groupItems most items of a group
     * @param localBytes local memory of a group
     */
    record Limits(int units, int groupItems, long localBytes) {}

    /**
     * How the operands of matrix products and convolutions are rounded before they are multiplied; their sums, and everything
     * else, are float32.
     *
     * <p>Where it is not {@link #FP32} the engine puts macros for the device's matrix units in front of every source, after
     * those named above; {@code matrix.cl} of {@code plugin-opencl} says what each does.
     *
     * @since 0.2
     */
    enum Operands {
        /** Not at all: 24 bits. */
        FP32(24),
        /** TF32: 11 bits, the range of float32. */
        TF32(11),
        /** bfloat16: 8 bits, the range of float32. */
        BF16(8);

        private final int bits;

        Operands(int bits) {
            this.bits = bits;
        }

        /** The largest relative error of rounding one to the nearest. */
        public double rounding() {
            return Math.scalb(1.0, -bits);
        }
    }

    /**
     * What an engine offers to kernels in OpenCL C.
     *
     * @throws UnsupportedOperationException when it takes none; the message says so
     * @since 0.2
     */
    static DevicePrograms of(TensorEngine engine) {
        return engine.programs()
                .orElseThrow(() -> new UnsupportedOperationException("the device '" + engine.name()
                        + "' takes no kernels in OpenCL C; these are for an engine that has programs()"));
    }

    /** What the device can hold. */
    Limits limits();

    /**
     * How products are to be computed. Kernels that have no variant for it compute in float32.
     *
     * @since 0.2
     */
    default Operands operands() {
        return Operands.FP32;
    }

    /**
     * Compiles a source; the same one is compiled once.
     *
     * @param name for messages, such as the file's
     * @throws UnsupportedOperationException when the device's compiler refuses it; the message has what it said
     */
    DeviceProgram compile(String name, String source);

    /**
     * Compiles a source that lies beside a class.
     *
     * @param beside a class of the plugin, in the package that the file is in
     * @param file its name
     * @param constants each becomes a line {@code #define NAME value} in front of the source
     * @throws UnsupportedOperationException when the device's compiler refuses it; the message has what it said
     * @throws IllegalStateException when there is no such file
     */
    default DeviceProgram compile(Class<?> beside, String file, Map<String, Integer> constants) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(constants)
                .forEach((name, value) -> text.append("#define ")
                        .append(name)
                        .append(' ')
                        .append(value)
                        .append('\n'));
        try (InputStream source = beside.getResourceAsStream(file)) {
            if (source == null) {
                throw new IllegalStateException(
                        file + " is missing beside " + beside.getName() + " in the plugin's jar; build it again");
            }
            text.append("#line 1\n").append(new String(source.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compile(file, text.toString());
    }
}
