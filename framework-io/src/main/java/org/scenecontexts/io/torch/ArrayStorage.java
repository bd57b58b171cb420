package org.scenecontexts.io.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scenecontexts.io.array.NpArray;

/** Elements that lie in memory and are to be written. */
final class ArrayStorage implements TorchStorage {

    private static final int BLOCK = 1 << 15;

    private final TorchType type;
    private final NpArray array;

    ArrayStorage(NpArray array) {
        this.array = array;
        this.type = switch (array.type()) {
            case FLOAT32 -> TorchType.FLOAT32;
            case FLOAT64 -> TorchType.FLOAT64;
            case FLOAT16 -> TorchType.FLOAT16;
            case INT64 -> TorchType.INT64;
            case INT32 -> TorchType.INT32;
            case INT16 -> TorchType.INT16;
            case INT8 -> TorchType.INT8;
            case UINT8 -> TorchType.UINT8;
            case BOOL -> TorchType.BOOL;
            default ->
                throw new IllegalArgumentException(
                        "PyTorch has no element type for " + array + "; convert it to float32 or int64");
        };
    }

    @Override
    public TorchType type() {
        return type;
    }

    @Override
    public long elements() {
        return array.size();
    }

    @Override
    public void read(long first, int count, Block block) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(BLOCK, Math.max(1, count)) * type.bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count; done += BLOCK) {
            int now = Math.min(BLOCK, count - done);
            bytes.clear().limit(now * type.bytes());
            fill(bytes, (int) first + done, now);
            block.take(bytes.rewind(), done, now);
        }
    }

    private void fill(ByteBuffer to, int from, int count) {
        switch (type) {
            case FLOAT32 -> to.asFloatBuffer().put(array.floats(), from, count);
            case FLOAT64 -> to.asDoubleBuffer().put(array.doubles(), from, count);
            case INT64 -> to.asLongBuffer().put(array.longs(), from, count);
            case INT32 -> to.asIntBuffer().put(array.ints(), from, count);
            case FLOAT16 -> {
                float[] values = array.floats();
                for (int i = 0; i < count; i++) {
                    to.putShort(Float.floatToFloat16(values[from + i]));
                }
            }
            case INT16 -> {
                int[] values = array.ints();
                for (int i = 0; i < count; i++) {
                    to.putShort((short) values[from + i]);
                }
            }
            case INT8, UINT8, BOOL -> {
                int[] values = array.ints();
                for (int i = 0; i < count; i++) {
                    to.put((byte) values[from + i]);
                }
            }
            case BFLOAT16 -> throw new IllegalStateException("arrays are never bfloat16");
        }
    }
}
