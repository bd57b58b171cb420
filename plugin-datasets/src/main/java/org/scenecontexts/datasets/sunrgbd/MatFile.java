package org.scenecontexts.datasets.sunrgbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.scenecontexts.api.data.CloudException;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Sources;

/**
 * A file of MATLAB, versions 5 to 7, whose damages are found before anything is made of it: the library that reads its arrays
 * neither compares checksums nor misses variables that are cut off.
 */
final class MatFile {

    private static final int HEADER = 128;
    private static final int TAG = 8;
    private static final int COMPRESSED = 15;
    private static final int HDF5_HEADER = 512;
    /** Far above every array of these tables; a damaged length must not ask for all memory. */
    private static final int LARGEST_ARRAY = 1 << 26;

    private static final String AGAIN = "; unpack or download it again";

    private final Path file;
    private final byte[] bytes;

    private MatFile(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads one variable.
     *
     * @param type of the variable
     * @throws CloudException when the file is of another format, damaged, or without this variable
     */
    static <A extends Array> A read(Path file, String variable, Class<A> type) {
        MatFile mat = new MatFile(file, bytes(file));
        mat.checkFormat();
        mat.checkElements();
        return mat.variable(variable, type);
    }

    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException | OutOfMemoryError e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    private void checkFormat() {
        String head = new String(bytes, 0, Math.min(bytes.length, HEADER), StandardCharsets.ISO_8859_1);
        if (head.startsWith("MATLAB 7.3") || isHdf5(0) || isHdf5(HDF5_HEADER)) {
            throw new CloudException(
                    file + ": is a MATLAB file of version 7.3 (HDF5), expected version 5 to 7, in which"
                            + " the official archives have it; load it in MATLAB and save it with '-v7', or take the official file");
        }
        if (head.startsWith("# Created by Octave") || head.startsWith("Octave-1")) {
            throw new CloudException(
                    file + ": is in Octave's own format, expected MATLAB's of version 5 to 7; load it in"
                            + " Octave and save it with '-v7', or take the official file");
        }
        if (!head.startsWith("MATLAB 5.0") || bytes.length < HEADER) {
            throw new CloudException(file + ": is no MATLAB file of version 5 to 7; it begins with '"
                    + head.substring(0, Math.min(24, head.length())).replaceAll("[^ -~]", "?") + "'" + AGAIN);
        }
    }

    private boolean isHdf5(int at) {
        return bytes.length >= at + 4 && bytes[at] == (byte) 0x89 && bytes[at + 1] == 'H' && bytes[at + 2] == 'D';
    }

    private ByteOrder order() {
        return bytes[HEADER - 2] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** Every variable is whole, and what is compressed agrees with its checksum. */
    private void checkElements() {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order());
        int at = HEADER;
        while (at < bytes.length) {
            int left = bytes.length - at - TAG;
            long size = left < 0 ? 0 : Integer.toUnsignedLong(in.getInt(at + 4));
            if (left < 0 || size > left) {
                throw new CloudException(file + ": ends in the middle of the variable at byte " + at
                        + ", which should have " + size + " bytes" + AGAIN);
            }
            if (in.getInt(at) == COMPRESSED) {
                inflate(at + TAG, (int) size);
            }
            at += TAG + (int) size;
        }
    }

    private void inflate(int from, int size) {
        byte[] block = new byte[1 << 16];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, size);
            while (!inflater.finished()) {
                if (inflater.inflate(block) == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("ends too early");
                }
            }
        } catch (DataFormatException e) {
            throw new CloudException(
                    file + ": the variable at byte " + (from - TAG) + " is damaged: " + e.getMessage() + AGAIN, e);
        } finally {
            inflater.end();
        }
    }

    private <A extends Array> A variable(String variable, Class<A> type) {
        List<String> found = new ArrayList<>();
        Mat5File content;
        try {
            content = Mat5.newReader(Sources.wrap(bytes))
                    .setBufferAllocator(new Bounded())
                    .disableSubsystemProcessing()
                    .setEntryFilter(header -> {
                        found.add(header.getName());
                        return header.getName().equals(variable);
                    })
                    .readMat();
        } catch (IOException | RuntimeException e) {
            throw new CloudException(file + ": is damaged: " + reason(e) + AGAIN, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new CloudException(
                    file + ": needs more memory than there is (" + e.getMessage()
                            + "); give the program more (CSC_JAVA_OPTS=-Xmx4g), or, where that does not help, the file is"
                            + " damaged" + AGAIN,
                    e);
        }
        if (content.getNumEntries() == 0) {
            throw new CloudException(file + ": has no variable '" + variable + "', only " + found + AGAIN);
        }
        Array array = content.getArray(0);
        if (!type.isInstance(array)) {
            throw new CloudException(file + ": '" + variable + "' should be a " + type.getSimpleName() + ", found "
                    + MatFields.describe(array) + AGAIN);
        }
        return type.cast(array);
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** Memory for arrays that these tables can have. */
    private static final class Bounded implements BufferAllocator {
        @Override
        public ByteBuffer allocate(int bytes) {
            if (bytes < 0 || bytes > LARGEST_ARRAY) {
                throw new IllegalArgumentException("an array of " + Integer.toUnsignedString(bytes) + " bytes");
            }
            return ByteBuffer.allocate(bytes);
        }

        @Override
        public void release(ByteBuffer buffer) {
            // The collector does.
        }
    }
}
