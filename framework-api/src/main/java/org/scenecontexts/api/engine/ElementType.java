package org.scenecontexts.api.engine;

/**
 * What the numbers of a {@link Buffer} are, so that an engine may keep them in less room than arithmetic on the host has.
 *
 * @since 0.2
 */
public enum ElementType {
    /** IEEE 754 binary32, what every engine has. */
    FLOAT32(4),
    /** The upper half of a float32: eight bits of exponent, seven of fraction. */
    BFLOAT16(2);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
