package org.scenecontexts.api.engine;

/**
 * Lends {@code float[]} buffers and takes them back, so that training in steady state allocates almost nothing.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public interface BufferPool {

    /**
     * A buffer with undefined content.
     *
     * @param length least number of entries; the buffer may be longer
     */
    float[] take(int length);

    /** Gives a buffer back. Nobody may use it afterwards. */
    void give(float[] buffer);

    /** Bytes of all buffers made by this pool, lent or idle. */
    long bytes();

    /** Forgets idle buffers, so that the garbage collector can have them. */
    void trim();

    /** A pool that allocates every time and forgets what it is given. */
    static BufferPool unpooled() {
        return new BufferPool() {
            @Override
            public float[] take(int length) {
                return new float[length];
            }

            @Override
            public void give(float[] buffer) {}

            @Override
            public long bytes() {
                return 0;
            }

            @Override
            public void trim() {}
        };
    }
}
