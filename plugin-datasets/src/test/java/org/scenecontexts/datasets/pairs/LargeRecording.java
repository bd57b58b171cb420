package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.OwnProcess;

/**
 * A recording of any length, a few frames again and again, and the measuring of its preparation: {@code main RECORDING TARGET}
 * prepares in a process of its own and prints what it took.
 */
final class LargeRecording {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int DISTINCT = 8;

    /** Bytes from the start to the number of frames, with the sensor's name "synthetic". */
    private static final int COUNT_AT = 4 + 8 + 9 + 4 * 64 + 28;

    private LargeRecording() {}

    /** Writes frames of ScanNet's sizes until there are as many bytes. */
    static int write(Path file, long bytes) throws IOException {
        List<SensWriter.Frame> frames = new ArrayList<>();
        for (int i = 0; i < DISTINCT; i++) {
            frames.add(frame(i));
        }
        double[] intrinsics = {577, 0, 320, 0, 0, 577, 240, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        SensWriter.write(file, intrinsics, WIDTH, HEIGHT, frames);
        byte[] once = Files.readAllBytes(file);
        int head = COUNT_AT + Long.BYTES;
        int times = (int) Math.ceilDiv(bytes - head, once.length - head);
        ByteBuffer.wrap(once).order(ByteOrder.LITTLE_ENDIAN).putLong(COUNT_AT, (long) times * DISTINCT);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(once, 0, head);
            for (int i = 0; i < times; i++) {
                out.write(once, head, once.length - head);
            }
        }
        return times * DISTINCT;
    }

    /** A wall with noise, from places in a row. */
    private static SensWriter.Frame frame(int index) {
        SplittableRandom random = new SplittableRandom(index);
        BufferedImage colour = new BufferedImage(1296, 968, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < colour.getHeight(); y++) {
            for (int x = 0; x < colour.getWidth(); x++) {
                int grey = 100 + x / 16 + random.nextInt(24);
                colour.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        short[] depth = new short[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (short) (2000 + i / WIDTH + random.nextInt(12));
        }
        return new SensWriter.Frame(
                new double[] {1, 0, 0, 0.2 * index, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, colour, depth);
    }

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        var figures = new ScannetPairsPreparationFactory()
                .create(
                        new ScannetPairsPreparationFactory.Config(
                                Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), false, 0.3),
                        PairContexts.context())
                .run(WorkProgress.none());
        System.out.printf(
                Locale.ROOT,
                "clouds %.0f seconds %.1f processor %.1f peak %d MB%n",
                figures.get("clouds_made"),
                (System.nanoTime() - start) / 1e9,
                OwnProcess.processor() / 1e3,
                OwnProcess.peak() >> 10);
    }
}
