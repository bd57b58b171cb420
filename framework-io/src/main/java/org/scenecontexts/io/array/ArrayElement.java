package org.scenecontexts.io.array;

/**
 * The element types of NumPy files that can be read and written.
 *
 * @since 0.1
 */
public enum ArrayElement {
    BOOL("b1", 1),
    INT8("i1", 1),
    UINT8("u1", 1),
    INT16("i2", 2),
    UINT16("u2", 2),
    INT32("i4", 4),
    UINT32("u4", 4),
    INT64("i8", 8),
    UINT64("u8", 8),
    FLOAT16("f2", 2),
    FLOAT32("f4", 4),
    FLOAT64("f8", 8),
    /** Unicode text of a fixed number of characters ({@code U}) or bytes ({@code S}). */
    TEXT("U", 4);

    private final String code;
    private final int bytes;

    ArrayElement(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** NumPy's code without the byte order, e.g. {@code f4}. */
    public String code() {
        return code;
    }

    /** Bytes of one element; of one character for {@link #TEXT}. */
    public int bytes() {
        return bytes;
    }

    /** Whether values have a fraction. */
    public boolean isFloating() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }
}
