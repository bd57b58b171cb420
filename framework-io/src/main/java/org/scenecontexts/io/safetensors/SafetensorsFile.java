package org.scenecontexts.io.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * Reads tensors from a safetensors file one at a time, so that a checkpoint need not fit into memory twice.
 *
 * <p>The header is checked whole when the file is opened: lengths against the file before anything is allocated, types,
 * shapes, and that the tensors cover the data without holes or overlaps. Close after use. Not for several threads at once.
 *
 * @since 0.1
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The limit of the format's own implementation. */
    private static final long MAX_HEADER = 100_000_000;

    private static final int BLOCK = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, String> metadata;
    private final Map<String, TensorEntry> entries;

    private SafetensorsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long length = channel.size();
        if (length < 8) {
            throw new CloudException(file + ": " + length + " bytes are no safetensors file; at least 8 are expected");
        }
        long headerBytes = read(0, 8).getLong();
        if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER, length - 8)) {
            throw new CloudException(file + ": the safetensors header should be " + Long.toUnsignedString(headerBytes)
                    + " bytes long, but the file has " + (length - 8)
                    + " after its length; this is no safetensors file or it is truncated");
        }
        dataStart = 8 + headerBytes;
        byte[] json = read(8, (int) headerBytes).array();
        SafetensorsHeader header = new SafetensorsHeader(file.toString(), json, length - dataStart);
        metadata = header.metadata();
        entries = header.entries();
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws CloudException when it is missing or malformed
     */
    public static SafetensorsFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(
                    file + ": no such file; check the name, relative names start at the working directory");
        }
        StandIns.refuse(file);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new SafetensorsFile(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /** Text that the writer attached, by key. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** The tensors, in the order of the header. */
    public List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * One tensor's description.
     *
     * @throws CloudException when there is none of that name
     */
    public TensorEntry entry(String name) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new CloudException(file + ": has no tensor '" + name + "'; it has " + entries.size() + " others"
                    + (entries.isEmpty()
                            ? ""
                            : ", the first is '" + entries.keySet().iterator().next() + "'"));
        }
        return entry;
    }

    /** The values of a tensor of any numeric type, in C order, rounded to float32. */
    public float[] floats(String name) {
        TensorEntry entry = entry(name);
        float[] values = new float[length(entry)];
        blocks(entry, (bytes, from, count) -> {
            for (int i = 0; i < count; i++) {
                values[from + i] = switch (entry.type()) {
                    case F32 -> bytes.getFloat(4 * i);
                    case F64 -> (float) bytes.getDouble(8 * i);
                    case F16 -> Float.float16ToFloat(bytes.getShort(2 * i));
                    case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                    default -> integer(entry.type(), bytes, i);
                };
            }
        });
        return values;
    }

    /** The values of a tensor of any numeric type, in C order. */
    public double[] doubles(String name) {
        TensorEntry entry = entry(name);
        double[] values = new double[length(entry)];
        if (entry.type() != TensorType.F64) {
            if (entry.type().isFloating()) {
                float[] narrow = floats(name);
                java.util.Arrays.setAll(values, i -> narrow[i]);
            } else {
                long[] whole = longs(name);
                java.util.Arrays.setAll(values, i -> whole[i]);
            }
            return values;
        }
        blocks(entry, (bytes, from, count) -> bytes.asDoubleBuffer().get(values, from, count));
        return values;
    }

    /**
     * The values of a tensor of integers or truth values, in C order; the bits of unsigned 64-bit numbers are kept.
     *
     * @throws CloudException when the tensor holds fractions
     */
    public long[] longs(String name) {
        TensorEntry entry = entry(name);
        if (entry.type().isFloating()) {
            throw new CloudException(
                    file + ": tensor '" + name + "' holds " + entry.type() + " values; integers are expected");
        }
        long[] values = new long[length(entry)];
        blocks(entry, (bytes, from, count) -> {
            for (int i = 0; i < count; i++) {
                values[from + i] = integer(entry.type(), bytes, i);
            }
        });
        return values;
    }

    private static long integer(TensorType type, ByteBuffer bytes, int i) {
        return switch (type) {
            case I64, U64 -> bytes.getLong(8 * i);
            case I32 -> bytes.getInt(4 * i);
            case U32 -> Integer.toUnsignedLong(bytes.getInt(4 * i));
            case I16 -> bytes.getShort(2 * i);
            case U16 -> Short.toUnsignedLong(bytes.getShort(2 * i));
            case I8 -> bytes.get(i);
            case U8 -> Byte.toUnsignedLong(bytes.get(i));
            case BOOL -> bytes.get(i) != 0 ? 1 : 0;
            default -> throw new IllegalStateException("not an integer type: " + type);
        };
    }

    private int length(TensorEntry entry) {
        if (entry.size() > Integer.MAX_VALUE - 8) {
            throw new CloudException(file + ": tensor '" + entry.name() + "' has " + entry.size()
                    + " elements, more than one array can hold");
        }
        return (int) entry.size();
    }

    private interface Block {
        void take(ByteBuffer bytes, int from, int count);
    }

    private void blocks(TensorEntry entry, Block block) {
        int perBlock = BLOCK / entry.type().bytes();
        int total = length(entry);
        for (int from = 0; from < total; from += perBlock) {
            int count = Math.min(perBlock, total - from);
            long at = dataStart + entry.begin() + (long) from * entry.type().bytes();
            try {
                block.take(read(at, count * entry.type().bytes()), from, count);
            } catch (IOException e) {
                throw new CloudException(file + ": tensor '" + entry.name() + "' cannot be read: " + e, e);
            }
        }
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be closed: " + e, e);
        }
    }
}
