package org.scenecontexts.io.torch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The element types of PyTorch tensors that can be read and written.
 *
 * @since 0.1
 */
public enum TorchType {
    FLOAT32("FloatStorage", 4),
    FLOAT64("DoubleStorage", 8),
    FLOAT16("HalfStorage", 2),
    BFLOAT16("BFloat16Storage", 2),
    INT64("LongStorage", 8),
    INT32("IntStorage", 4),
    INT16("ShortStorage", 2),
    INT8("CharStorage", 1),
    UINT8("ByteStorage", 1),
    BOOL("BoolStorage", 1);

    private final String storage;
    private final int bytes;

    TorchType(String storage, int bytes) {
        this.storage = storage;
        this.bytes = bytes;
    }

    /** PyTorch's name of the storage class, e.g. {@code FloatStorage}. */
    String storage() {
        return storage;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether values have a fraction. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
    }

    /** PyTorch's name without the module, e.g. {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<TorchType> ofStorage(String className) {
        return Arrays.stream(values()).filter(t -> t.storage.equals(className)).findAny();
    }
}
