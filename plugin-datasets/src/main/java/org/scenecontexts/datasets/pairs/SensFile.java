package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * A ScanNet recording ({@code .sens}, version 4; REFERENCE 3.2): colour and depth frames with camera poses.
 *
 * <p>Opening a file reads the 96 bytes that stand before each frame and nothing else; a frame is read when it is asked
 * for, so memory does not grow with the length of the recording. Frames may be read by several threads at once.
 */
final class SensFile implements AutoCloseable {

    private static final int VERSION = 4;
    private static final int JPEG = 2;
    private static final int ZLIB = 1;
    private static final int FRAME_HEADER = 96;
    private static final int LONGEST_NAME = 1 << 16;
    private static final int LARGEST_SIDE = 1 << 15;

    private final Path path;
    private final FileChannel channel;
    private final long length;
    private final Header header;
    private final long[] frames;

    /**
     * What stands at the start of the file.
     *
     * @param sensor name of the sensor
     * @param intrinsicColour and the other matrices: as stored, before any rounding
     * @param depthShift depth units per metre; the published code ignores it and divides by 1000
     */
    record Header(
            String sensor,
            RigidPose intrinsicColour,
            RigidPose extrinsicColour,
            RigidPose intrinsicDepth,
            RigidPose extrinsicDepth,
            int colourWidth,
            int colourHeight,
            int depthWidth,
            int depthHeight,
            float depthShift) {}

    /**
     * One frame, still compressed.
     *
     * @param pose camera to world
     */
    record Frame(RigidPose pose, byte[] colour, byte[] depth) {}

    private SensFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        length = channel.size();
        Cursor cursor = new Cursor();
        header = header(cursor);
        long count = cursor.read(8, "the number of frames").getLong();
        if (count < 0 || count > length / FRAME_HEADER) {
            throw new CloudException(path + ": promises " + count + " frames, but has only " + length
                    + " bytes; the file is damaged or incomplete, copy it again");
        }
        frames = new long[(int) count];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = cursor.at;
            ByteBuffer head = cursor.read(FRAME_HEADER, "frame " + i + " of " + count);
            cursor.skip(head.getLong(80), "the colours of frame " + i + " of " + count);
            cursor.skip(head.getLong(88), "the depths of frame " + i + " of " + count);
        }
    }

    /**
     * Opens a recording.
     *
     * @throws CloudException when the file is missing, of another version or compression, or shorter than it says
     */
    static SensFile open(Path path) {
        StandIns.refuse(path);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return new SensFile(path, channel);
        } catch (IOException | CloudException e) {
            close(channel);
            if (e instanceof CloudException known) {
                throw known;
            }
            throw new CloudException(path + ": cannot be read: " + e, e);
        }
    }

    private Header header(Cursor cursor) throws IOException {
        int version = cursor.read(4, "the version").getInt();
        if (version != VERSION) {
            throw new CloudException(path + ": expected a .sens recording of version 4, found version " + version
                    + "; only ScanNet's released format is supported");
        }
        long nameLength = cursor.read(8, "the sensor's name").getLong();
        if (nameLength < 0 || nameLength > LONGEST_NAME) {
            throw new CloudException(
                    path + ": the sensor's name would be " + nameLength + " bytes long; the file is damaged");
        }
        String sensor = StandardCharsets.ISO_8859_1
                .decode(cursor.read((int) nameLength, "the sensor's name"))
                .toString();
        RigidPose[] matrices = new RigidPose[4];
        for (int m = 0; m < 4; m++) {
            matrices[m] = matrix(cursor.read(64, "the camera matrices"));
        }
        ByteBuffer rest = cursor.read(28, "the image sizes");
        supported("colour", rest.getInt(), JPEG, "2 (jpeg)");
        supported("depth", rest.getInt(), ZLIB, "1 (zlib_ushort)");
        return new Header(
                sensor,
                matrices[0],
                matrices[1],
                matrices[2],
                matrices[3],
                side(rest.getInt()),
                side(rest.getInt()),
                side(rest.getInt()),
                side(rest.getInt()),
                rest.getFloat());
    }

    private int side(int found) {
        if (found < 0 || found > LARGEST_SIDE) {
            throw new CloudException(path + ": an image side of " + found + " pixels; the file is damaged");
        }
        return found;
    }

    private void supported(String what, int found, int expected, String name) {
        if (found != expected) {
            throw new CloudException(path + ": " + what + " compression " + found + " is not supported, expected "
                    + name + " as in ScanNet's release");
        }
    }

    private static RigidPose matrix(ByteBuffer from) {
        double[] values = new double[16];
        for (int i = 0; i < 16; i++) {
            values[i] = from.getFloat();
        }
        return new RigidPose(values);
    }

    Path path() {
        return path;
    }

    Header header() {
        return header;
    }

    /** Number of frames. */
    int size() {
        return frames.length;
    }

    /** Reads one frame, compressed as it is. */
    Frame frame(int index) {
        try {
            Cursor cursor = new Cursor();
            cursor.at = frames[index];
            ByteBuffer head = cursor.read(FRAME_HEADER, "frame " + index);
            byte[] colour = cursor.bytes((int) head.getLong(80), "the colours of frame " + index);
            byte[] depth = cursor.bytes((int) head.getLong(88), "the depths of frame " + index);
            return new Frame(matrix(head), colour, depth);
        } catch (IOException e) {
            throw new CloudException(path + ": frame " + index + " cannot be read: " + e, e);
        }
    }

    /** The colour image of a frame. */
    BufferedImage colour(int index, Frame frame) {
        try {
            // Not ImageIO's own choice of stream, which puts every image into a temporary file; the reader closes it.
            BufferedImage image =
                    ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(frame.colour())));
            if (image != null) {
                return image;
            }
        } catch (IOException | RuntimeException e) {
            throw new CloudException(path + ": the JPEG image of frame " + index + " is damaged: " + e.getMessage(), e);
        }
        throw new CloudException(path + ": the colours of frame " + index + " are no JPEG image");
    }

    /** The depths of a frame, unsigned, {@code [height * width]}, row-major; 0 where nothing was measured. */
    short[] depth(int index, Frame frame) {
        int count = header.depthWidth() * header.depthHeight();
        byte[] raw = new byte[2 * count];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(frame.depth());
            int found = 0;
            while (found < raw.length && !inflater.finished() && !inflater.needsInput()) {
                found += inflater.inflate(raw, found, raw.length - found);
            }
            if (found != raw.length) {
                throw new CloudException(path + ": frame " + index + " has " + found + " bytes of depth, expected "
                        + raw.length + " for " + header.depthWidth() + " x " + header.depthHeight() + " pixels");
            }
        } catch (DataFormatException e) {
            throw new CloudException(path + ": the depths of frame " + index + " are damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        short[] depths = new short[count];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(depths);
        return depths;
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written, so nothing can be lost.
        }
    }

    /** A place in the file. */
    private final class Cursor {

        private long at;

        ByteBuffer read(int count, String what) throws IOException {
            require(count, what);
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    throw new CloudException(path + ": became shorter while it was read");
                }
            }
            at += count;
            return buffer.flip();
        }

        byte[] bytes(int count, String what) throws IOException {
            return read(count, what).array();
        }

        void skip(long count, String what) {
            require(count, what);
            at += count;
        }

        private void require(long count, String what) {
            if (count < 0 || count > Integer.MAX_VALUE || at + count > length) {
                throw new CloudException(path + ": " + what + " should be " + count + " bytes from byte " + at
                        + " on, but the file has " + length + "; it is damaged or incomplete, copy it again");
            }
        }
    }
}
