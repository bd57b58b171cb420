package org.scenecontexts.datasets.stored;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Attributes;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.StandIns;

/**
 * Reads stored scenes ({@code .cscene}): the file is mapped into memory, every checksum is compared, and the numbers are copied
 * into the arrays of a scene, which takes milliseconds. See {@link SceneHeader} for the bytes.
 */
final class SceneFile {

    static final String ENDING = ".cscene";

    private static final String AGAIN = "; copy the file, or prepare the scene again";

    private final Path file;
    private final MemorySegment bytes;
    private final SceneHeader header;

    private SceneFile(Path file, MemorySegment bytes, SceneHeader header) {
        this.file = file;
        this.bytes = bytes;
        this.header = header;
    }

    /**
     * What a file says of itself; points are not read.
     *
     * @throws CloudException when it is missing, damaged, truncated, of another kind or of a later version
     */
    static SceneHeader header(Path file) {
        byte[] start = start(file);
        return SceneHeader.read(
                file.toString(), Arrays.copyOfRange(start, SceneImage.FIXED, start.length), length(start));
    }

    /**
     * Reads a scene.
     *
     * @throws CloudException as above; the message names the section that is damaged
     */
    static Scene read(Path file) {
        SceneHeader header = header(file);
        return mapped(file, header, opened -> {
            opened.verify();
            return opened.scene();
        });
    }

    /** Whether all sections have their checksums. */
    static boolean intact(Path file) {
        return mapped(file, header(file), opened -> {
            opened.verify();
            return true;
        });
    }

    private interface Reading<T> {
        T from(SceneFile opened);
    }

    private static <T> T mapped(Path file, SceneHeader header, Reading<T> reading) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return reading.from(new SceneFile(file, bytes, header));
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /** Fixed part and table, their checksums compared. */
    static byte[] start(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; prepare the scene again");
        }
        StandIns.refuse(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] fixed = some(channel, SceneImage.FIXED);
            boolean magic = fixed.length >= SceneImage.MAGIC.length
                    && Arrays.equals(fixed, 0, SceneImage.MAGIC.length, SceneImage.MAGIC, 0, SceneImage.MAGIC.length);
            if (!magic) {
                throw new CloudException(
                        file + ", byte 0: does not start with CSCSCENE, so it is no stored scene; name a file"
                                + " that 'prepare: {type: scenes}' wrote");
            }
            if (fixed.length < SceneImage.FIXED) {
                throw new CloudException(file + ": ends after " + fixed.length + " bytes; it is truncated" + AGAIN);
            }
            ByteBuffer head = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
            if (head.getInt(28) != SceneImage.crc(fixed, 28)) {
                throw new CloudException(file
                        + ", byte 28: the checksum of the first 28 bytes does not fit; the file is damaged" + AGAIN);
            }
            if (head.getInt(8) != SceneImage.VERSION) {
                throw new CloudException(file + ", byte 8: is of version " + head.getInt(8)
                        + " of the format, this program" + " reads version " + SceneImage.VERSION
                        + "; use a newer program, or prepare the scene again");
            }
            int table = head.getInt(12);
            if (head.getLong(16) != channel.size() || table < 0 || table > channel.size() - SceneImage.FIXED) {
                throw new CloudException(file + ": should have " + head.getLong(16) + " bytes, but has "
                        + channel.size() + "; it is truncated or was changed" + AGAIN);
            }
            byte[] start = some(channel.position(0), SceneImage.FIXED + table);
            byte[] contents = Arrays.copyOfRange(start, SceneImage.FIXED, start.length);
            if (head.getInt(24) != SceneImage.crc(contents, contents.length)) {
                throw new CloudException(file + ", byte " + SceneImage.FIXED
                        + ": the checksum of the table of contents does not fit; the file is damaged" + AGAIN);
            }
            return start;
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    private static byte[] some(FileChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until it is full, or the file ends.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static long length(byte[] start) {
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
    }

    /** Every byte of the file counts, those between the sections too. */
    private void verify() {
        long end = SceneImage.FIXED + (long) header.bytes().length;
        for (SceneHeader.Entry entry : header.entries()) {
            for (long at = end; at < entry.at(); at++) {
                if (bytes.get(ValueLayout.JAVA_BYTE, at) != 0) {
                    throw new CloudException(
                            file + ", byte " + at + ": is not zero between its sections; the file is damaged" + AGAIN);
                }
            }
            end = entry.at() + entry.bytes();
            CRC32C crc = new CRC32C();
            crc.update(bytes.asSlice(entry.at(), entry.bytes()).asByteBuffer());
            if ((int) crc.getValue() != entry.crc()) {
                throw new CloudException(file + ", bytes " + entry.at() + " to " + (entry.at() + entry.bytes())
                        + ": the checksum of its " + entry.name() + " does not fit; the file is damaged" + AGAIN);
            }
        }
    }

    private Scene scene() {
        try {
            Map<String, Attribute> points = attributes(Section.Role.POINTS);
            Map<String, Attribute> own = attributes(Section.Role.SCENE);
            Map<String, Attribute> objects = attributes(Section.Role.OBJECTS);
            Attributes attributes = new Attributes(points, own, objects, coreInts("object-ids"));
            Scene scene = new Scene(
                    header.id(),
                    coreFloats("positions"),
                    coreFloats("colours"),
                    coreFloats("normals"),
                    coreInts("labels"),
                    coreInts("instances"),
                    boxes(),
                    header.origin(),
                    attributes);
            if (scene.size() != header.points()) {
                throw new IllegalArgumentException(scene.size() + " positions for " + header.points() + " points");
            }
            return scene;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CloudException(file + ": its sections do not fit together: " + e.getMessage() + AGAIN, e);
        }
    }

    private Map<String, Attribute> attributes(Section.Role role) {
        Map<String, Attribute> found = new LinkedHashMap<>();
        for (SceneHeader.Entry entry : header.entries()) {
            if (entry.role() == role) {
                found.put(
                        entry.name(),
                        entry.kind() == Section.Kind.INT32
                                ? new Attribute.Ints(entry.name(), entry.width(), ints(entry))
                                : new Attribute.Floats(entry.name(), entry.width(), floats(entry), entry.offset()));
            }
        }
        return found;
    }

    private Optional<SceneHeader.Entry> core(String name) {
        return header.entries().stream()
                .filter(entry ->
                        entry.role() == Section.Role.CORE && entry.name().equals(name))
                .findFirst();
    }

    private float[] coreFloats(String name) {
        return core(name).map(this::floats).orElseGet(() -> new float[0]);
    }

    private int[] coreInts(String name) {
        return core(name).map(this::ints).orElseGet(() -> new int[0]);
    }

    private List<Box> boxes() {
        double[] numbers = core("boxes").map(this::doubles).orElseGet(() -> new double[0]);
        int[] kinds = coreInts("box-kinds");
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < numbers.length / SceneImage.BOX_NUMBERS; i++) {
            int at = i * SceneImage.BOX_NUMBERS;
            boxes.add(new Box(
                    numbers[at],
                    numbers[at + 1],
                    numbers[at + 2],
                    numbers[at + 3],
                    numbers[at + 4],
                    numbers[at + 5],
                    numbers[at + 6],
                    kinds[2 * i],
                    kinds[2 * i + 1]));
        }
        return boxes;
    }

    private float[] floats(SceneHeader.Entry entry) {
        float[] values = new float[entry.count()];
        switch (entry.kind()) {
            case FLOAT32 ->
                MemorySegment.copy(
                        bytes,
                        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                        entry.at(),
                        values,
                        0,
                        values.length);
            case UINT8 -> {
                byte[] narrow = new byte[values.length];
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, entry.at(), narrow, 0, narrow.length);
                for (int i = 0; i < values.length; i++) {
                    values[i] = narrow[i] & 0xFF;
                }
            }
            default -> throw strange(entry, "floats");
        }
        return values;
    }

    private int[] ints(SceneHeader.Entry entry) {
        if (entry.kind() != Section.Kind.INT32) {
            throw strange(entry, "whole numbers");
        }
        int[] values = new int[entry.count()];
        MemorySegment.copy(
                bytes,
                ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                entry.at(),
                values,
                0,
                values.length);
        return values;
    }

    private double[] doubles(SceneHeader.Entry entry) {
        if (entry.kind() != Section.Kind.FLOAT64) {
            throw strange(entry, "numbers in double precision");
        }
        double[] values = new double[entry.count()];
        MemorySegment.copy(
                bytes,
                ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                entry.at(),
                values,
                0,
                values.length);
        return values;
    }

    private static IllegalArgumentException strange(SceneHeader.Entry entry, String expected) {
        return new IllegalArgumentException(entry.name() + " should be " + expected + ", found " + entry.kind());
    }
}
