package org.scenecontexts.io.array;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * Reads and writes single arrays in NumPy's {@code .npy} format (versions 1 to 3).
 *
 * <p>Booleans, signed and unsigned integers, half, single and double floats in both byte orders, unicode and byte text;
 * C and Fortran order; scalars. Headers are checked against the number of bytes there are before anything is allocated.
 *
 * @since 0.1
 */
public final class Npy {

    private static final int MAX_HEADER = 1 << 20;

    private Npy() {}

    /**
     * Reads one array.
     *
     * @throws ArrayTypeException when it holds neither numbers nor text
     * @throws CloudException when the file is missing, truncated or of another kind
     */
    public static NpArray read(Path file) {
        return opened(file, (in, length) -> read(in, file.toString(), length));
    }

    /**
     * Reads one array from a stream.
     *
     * @param place what to call the stream in messages
     * @param length bytes that the stream holds at most, header included
     */
    public static NpArray read(InputStream in, String place, long length) throws IOException {
        NpyHeader header = header(in, place);
        if (!header.fields().isEmpty()) {
            throw new ArrayTypeException(place + ": is a structured array with the fields "
                    + header.fields().stream().map(NpyFields.Field::name).toList()
                    + ", where an array of plain values is expected; save each field as an array of its own");
        }
        return NpyCodec.decode(header, payload(header, in, place, length), place);
    }

    /**
     * Reads a structured array as one array per field, or a plain one as what it is.
     *
     * @return arrays by the names of the fields, in their order; a plain array has the name ""
     * @throws ArrayTypeException when a field holds neither numbers nor text
     * @throws CloudException when the file is missing, truncated or of another kind
     */
    public static Map<String, NpArray> readFields(Path file) {
        return opened(file, (in, length) -> readFields(in, file.toString(), length));
    }

    static Map<String, NpArray> readFields(InputStream in, String place, long length) throws IOException {
        NpyHeader header = header(in, place);
        byte[] payload = payload(header, in, place, length);
        return header.fields().isEmpty()
                ? Map.of("", NpyCodec.decode(header, payload, place))
                : NpyCodec.fields(header, payload, place);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream in, long length) throws IOException;
    }

    private static <T> T opened(Path file, Reading<T> reading) {
        StandIns.refuse(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return reading.from(in, Files.size(file));
        } catch (NoSuchFileException e) {
            throw new CloudException(
                    file + ": no such file; check the name, relative names start at the working directory", e);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    private static NpyHeader header(InputStream in, String place) throws IOException {
        try {
            return NpyHeader.read(in, place, MAX_HEADER);
        } catch (EOFException e) {
            throw new CloudException(place + ": the file ends inside the .npy header; write it again", e);
        }
    }

    private static byte[] payload(NpyHeader header, InputStream in, String place, long length) throws IOException {
        long promised = header.payloadBytes();
        long available = length - header.headerBytes();
        if (promised > available) {
            throw new CloudException(place + ": the header promises " + header.count() + " elements ("
                    + promised + " bytes), but only " + Math.max(0, available)
                    + " bytes follow; the file is truncated: copy or write it again");
        }
        byte[] payload = in.readNBytes((int) promised);
        if (payload.length < promised) {
            throw new CloudException(place + ": the header promises " + promised + " bytes of values, found "
                    + payload.length + "; the file is truncated: copy or write it again");
        }
        return payload;
    }

    /** Writes one array, little endian, C order; an existing file is replaced at once. */
    public static void write(Path file, NpArray array) {
        AtomicFile.write(file, out -> write(out, array));
    }

    static void write(OutputStream out, NpArray array) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        NpyCodec.encode(buffered, array);
        buffered.flush();
    }
}
