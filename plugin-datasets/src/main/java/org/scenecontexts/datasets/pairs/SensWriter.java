package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes recordings in ScanNet's format ({@code .sens}, version 4; REFERENCE 3.2), so that its whole way can be gone without
 * ScanNet.
 *
 * @since 0.2
 */
public final class SensWriter {

    private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    private SensWriter() {}

    /**
     * One frame.
     *
     * @param pose camera (x right, y down, z forward) to world, row-major, {@code [4, 4]}
     * @param colour the picture
     * @param depth millimetres, unsigned, 0 where nothing was measured, {@code [height * width]}
     */
    public record Frame(double[] pose, BufferedImage colour, short[] depth) {}

    /**
     * Writes a recording.
     *
     * @param intrinsics of both cameras, row-major, {@code [4, 4]}
     * @param width of the depth pictures, pixels
     * @param height of the depth pictures, pixels
     * @throws java.io.UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, double[] intrinsics, int width, int height, List<Frame> frames) {
        BufferedImage first = frames.getFirst().colour();
        AtomicFile.write(file, out -> {
            byte[] sensor = "synthetic".getBytes(StandardCharsets.US_ASCII);
            ByteBuffer head = buffer(4 + 8 + sensor.length + 4 * 64 + 28 + 8);
            head.putInt(4).putLong(sensor.length).put(sensor);
            for (double[] matrix : List.of(intrinsics, IDENTITY, intrinsics, IDENTITY)) {
                put(head, matrix);
            }
            head.putInt(2).putInt(1);
            head.putInt(first.getWidth())
                    .putInt(first.getHeight())
                    .putInt(width)
                    .putInt(height);
            head.putFloat(1000).putLong(frames.size());
            out.write(head.array());
            for (Frame frame : frames) {
                byte[] colour = jpeg(frame.colour());
                byte[] depth = deflate(frame.depth());
                ByteBuffer about = buffer(96);
                put(about, frame.pose());
                about.putLong(0).putLong(0).putLong(colour.length).putLong(depth.length);
                out.write(about.array());
                out.write(colour);
                out.write(depth);
            }
        });
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteBuffer to, double[] matrix) {
        for (double value : matrix) {
            to.putFloat((float) value);
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var to = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "jpg", to)) {
                throw new IOException("no JPEG writer for this kind of image");
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(short[] depth) {
        ByteBuffer raw = buffer(2 * depth.length);
        raw.asShortBuffer().put(depth);
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(raw.array());
            deflater.finish();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] block = new byte[1 << 14];
            while (!deflater.finished()) {
                bytes.write(block, 0, deflater.deflate(block));
            }
            return bytes.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
