package org.scenecontexts.api.engine;

/**
 * Takes kernels in OpenCL C to a device whose memory the engine's buffers lie in, so that plugins can bring their own: what
 * {@link TensorEngine#programs} gives.
 *
 * <p>The engine puts a few macros in front of every source. {@code KERNEL name(...)} begins a kernel that runs in groups of
 * {@value #GROUP} items. {@code B(x)} declares a {@link Buffer} among the parameters and {@code AT(x)}, a statement at the
 * top of the body, makes {@code x} point to its first number, which is not that of its memory where it is a slice. {@code
 * I(x)} declares {@link Indices}. {@code ITEM} is the number of an item along x, {@code LANE} that within its group, {@code
 * GROUP_X}, {@code GROUP_Y} and {@code GROUP_Z} the numbers of the group. Double precision is there.
 *
 * @since 0.2
 */
public interface DevicePrograms {

    /** Items of a group. */
    int GROUP = 64;

    /**
     * Compiles a source; the same one is compiled once.
     *
     * @param name for messages, such as the file's
     * @throws UnsupportedOperationException when the device's compiler refuses it; the message has what it said
     */
    DeviceProgram compile(String name, String source);
}
