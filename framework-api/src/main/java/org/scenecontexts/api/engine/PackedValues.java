package org.scenecontexts.api.engine;

/**
 * Keeps values that nothing but a backward pass will read in less memory than it computes with: what
 * {@link TensorEngine#packing} offers. A tensor that has been released is packed once and unpacked each time that it is read.
 *
 * @since 0.2
 */
public interface PackedValues {

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
     * read them where they lie, and for nothing else.
     *
     * @param packed what {@link #pack} has written
     */
    Buffer view(int n, Buffer packed);
}
