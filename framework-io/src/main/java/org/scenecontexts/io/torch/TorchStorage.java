package org.scenecontexts.io.torch;

import java.nio.ByteBuffer;

/** The run of elements that one or more tensors look at. */
interface TorchStorage {

    TorchType type();

    long elements();

    /** Takes {@code count} elements that start at index {@code from} of those asked for; little endian, position 0. */
    interface Block {
        void take(ByteBuffer bytes, int from, int count);
    }

    /**
     * Streams elements {@code [first, first + count)} in blocks.
     *
     * @throws TorchFormatException when they cannot be read
     */
    void read(long first, int count, Block block);
}
