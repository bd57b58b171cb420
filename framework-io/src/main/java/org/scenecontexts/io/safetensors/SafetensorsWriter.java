package org.scenecontexts.io.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Collects tensors and writes them as one safetensors file, the format of this system's checkpoints.
 *
 * <p>Values are not copied: they are read when {@link #write} streams them out. The same tensors and metadata, added in
 * the same order, give the same bytes. The file replaces an older one at once, when it is complete.
 *
 * @since 0.1
 */
public final class SafetensorsWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int BLOCK = 1 << 20;
    private static final int ALIGNMENT = 8;

    private record Pending(String name, TensorType type, int[] shape, Object values, int size) {}

    private final List<Pending> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> metadata = new TreeMap<>();

    /** Attaches text under a key, replacing what was there. */
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Attaches several texts. */
    public SafetensorsWriter metadata(Map<String, String> values) {
        metadata.putAll(values);
        return this;
    }

    /** Adds a float32 tensor; no shape makes a scalar. */
    public SafetensorsWriter floats(String name, float[] values, int... shape) {
        return add(new Pending(name, TensorType.F32, shape.clone(), values, values.length));
    }

    /** Adds a float64 tensor; no shape makes a scalar. */
    public SafetensorsWriter doubles(String name, double[] values, int... shape) {
        return add(new Pending(name, TensorType.F64, shape.clone(), values, values.length));
    }

    /** Adds an int64 tensor; no shape makes a scalar. */
    public SafetensorsWriter longs(String name, long[] values, int... shape) {
        return add(new Pending(name, TensorType.I64, shape.clone(), values, values.length));
    }

    /** Adds an int32 tensor; no shape makes a scalar. */
    public SafetensorsWriter ints(String name, int[] values, int... shape) {
        return add(new Pending(name, TensorType.I32, shape.clone(), values, values.length));
    }

    /** @throws IllegalArgumentException when the name is taken or the shape does not match the values */
    private SafetensorsWriter add(Pending tensor) {
        long count = 1;
        for (int side : tensor.shape()) {
            count *= side;
        }
        if (count != tensor.size()) {
            throw new IllegalArgumentException(
                    "tensor '" + tensor.name() + "' of shape " + java.util.Arrays.toString(tensor.shape()) + " holds "
                            + count + " values, found " + tensor.size());
        }
        if (tensor.name().equals("__metadata__") || !names.add(tensor.name())) {
            throw new IllegalArgumentException(
                    "tensor name '" + tensor.name() + "' is reserved or used twice; names must be unique");
        }
        tensors.add(tensor);
        return this;
    }

    /**
     * Writes the file.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void write(Path file) {
        List<Pending> ordered = new ArrayList<>(tensors);
        // Wide elements first: every tensor then starts at a multiple of its element size.
        ordered.sort(Comparator.comparingInt((Pending t) -> t.type().bytes()).reversed());
        AtomicFile.write(file, out -> {
            byte[] header = header(ordered);
            ByteBuffer length =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
            out.write(length.array());
            out.write(header);
            byte[] block = new byte[BLOCK];
            for (Pending tensor : ordered) {
                write(out, tensor, block);
            }
        });
    }

    private byte[] header(List<Pending> ordered) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long at = 0;
            for (Pending tensor : ordered) {
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", tensor.type().name());
                json.writeFieldName("shape");
                json.writeArray(tensor.shape(), 0, tensor.shape().length);
                long end = at + (long) tensor.size() * tensor.type().bytes();
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {at, end}, 0, 2);
                json.writeEndObject();
                at = end;
            }
            json.writeEndObject();
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, Pending tensor, byte[] block) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int perBlock = BLOCK / tensor.type().bytes();
        for (int from = 0; from < tensor.size(); from += perBlock) {
            int count = Math.min(perBlock, tensor.size() - from);
            switch (tensor.values()) {
                case float[] values -> bytes.asFloatBuffer().put(values, from, count);
                case double[] values -> bytes.asDoubleBuffer().put(values, from, count);
                case long[] values -> bytes.asLongBuffer().put(values, from, count);
                case int[] values -> bytes.asIntBuffer().put(values, from, count);
                default -> throw new IllegalStateException("unknown values: " + tensor.values());
            }
            out.write(block, 0, count * tensor.type().bytes());
        }
    }
}
