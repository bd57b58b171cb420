package org.scenecontexts.api.engine;

/**
 * Keeps values in less memory than float32 takes: what {@link TensorEngine#packing} offers. A tensor that has been released
 * while a backward pass will still read it is packed once; kernels that take packed values read it where it lies, for others
 * it is unpacked each time. Where {@link #results} says so, such kernels also write their results packed.
 *
 * @since 0.2
 */
public interface PackedValues {

    /**
     * Whether results are packed from the beginning on, where kernels write them so: the forward pass then computes with
     * rounded values.
     */
    default boolean results() {
        return false;
    }

    /** Float32 numbers of a buffer that has room for {@code n} packed values. */
    int length(int n);

    /**
     * Packs values; rounding depends on each alone.
     *
     * @param values at least {@code n}
     * @param packed at least {@link #length} numbers long, overwritten
     */
    void pack(int n, Buffer values, @Written Buffer packed);

    /**
     * The values that were packed, rounded.
     *
     * @param packed what {@link #pack} has written
     * @param values at least {@code n} numbers long, overwritten
     */
    void unpack(int n, Buffer packed, @Written Buffer values);

    /**
     * The packed values as a buffer of {@code n} numbers of another {@link ElementType}, in the same memory: for kernels that
     * take them where they lie, and for nothing else.
     *
     * @param packed of {@link #length} numbers
     */
    Buffer view(int n, Buffer packed);
}
