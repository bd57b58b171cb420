package org.scenecontexts.io.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes pickles byte by byte and puts them into files, including such as no program would write. */
final class Pickles {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Pickles protocol(int version) {
        return new Pickles().op(0x80, version);
    }

    Pickles op(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    Pickles global(String module, String name) {
        return op('c').raw(module + "\n" + name + "\n");
    }

    Pickles text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return op('X').i4(utf8.length).raw(utf8);
    }

    Pickles number(long number) {
        return number == (int) number
                ? op('J').i4((int) number)
                : op(0x8a, 8).raw(little(8).putLong(0, number).array());
    }

    Pickles i4(int number) {
        return raw(little(4).putInt(0, number).array());
    }

    Pickles i8(long number) {
        return raw(little(8).putLong(0, number).array());
    }

    Pickles raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    Pickles raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A tuple of numbers. */
    Pickles tuple(long... numbers) {
        op('(');
        for (long number : numbers) {
            number(number);
        }
        return op('t');
    }

    /** A call of {@code _rebuild_tensor_v2} on the storage of a key. */
    Pickles tensor(String storage, String key, long elements, long offset, long[] size, long[] stride) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .storage(storage, key, elements)
                .number(offset)
                .tuple(size)
                .tuple(stride)
                .op(0x89, 'N', 't', 'R');
    }

    Pickles storage(String type, String key, long elements) {
        return op('(').text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .number(elements)
                .op('t', 'Q');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    /** A NumPy array whose state has not been set. */
    static Pickles array() {
        return protocol(2)
                .global("numpy.core.multiarray", "_reconstruct")
                .global("numpy", "ndarray")
                .number(0)
                .op(0x85, 'C', 1, 'b', 0x87, 'R');
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The entries of an archive with one pickle and one storage of its key. */
    static Map<String, byte[]> entries(byte[] pickle, Map<String, byte[]> storages) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle);
        storages.forEach((key, bytes) -> entries.put("a/data/" + key, bytes));
        entries.put("a/version", new byte[] {'3', '\n'});
        return entries;
    }

    static Path zip(Path file, byte[] pickle, Map<String, byte[]> storages) {
        return zip(file, ZipEntry.STORED, entries(pickle, storages));
    }

    static Path zip(Path file, int method, Map<String, byte[]> entries) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(method);
                if (method == ZipEntry.STORED) {
                    var crc = new java.util.zip.CRC32();
                    crc.update(entry.getValue());
                    header.setSize(entry.getValue().length);
                    header.setCrc(crc.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The three pickles before the object of the older format. */
    static byte[] legacyHead() {
        Pickles head = protocol(2).op(0x8a, 10).raw(new byte[] {
            0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
        });
        head.op('.').op(0x80, 2).op('M', 0xe9, 3, '.');
        return head.op(0x80, 2).op('}').text("little_endian").op(0x88, 's').stop();
    }

    /** A file of the older format; storages are element bytes by key, with the width of an element. */
    static Path legacy(Path file, byte[] pickle, Map<String, byte[]> storages, int width) {
        Pickles all = new Pickles().raw(legacyHead()).raw(pickle).op(0x80, 2, ']', '(');
        storages.keySet().forEach(all::text);
        all.op('e', '.');
        storages.values().forEach(bytes -> all.i8(bytes.length / width).raw(bytes));
        return write(file, all.out.toByteArray());
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = little(4 * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static int find(byte[] in, byte[] what) {
        return find(in, what, 0);
    }

    static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    static int last(byte[] in, byte[] what) {
        int found = -1;
        for (int i = find(in, what); i >= 0; i = find(in, what, i + 1)) {
            found = i;
        }
        return found;
    }
}
