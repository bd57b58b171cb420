package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.testing.HeadlessBrowser;

/** A million points with everything that a page can show of them: how large, how soon, in how much memory. */
class MillionPointsTest {

    private static final int POINTS = 1_000_000;

    @TempDir
    static Path folder;

    /** Writes a cloud with the program's own heap limited, as a user would on a small machine. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            Viewer.Written written = new Viewer(List.of()).write(Viewer.Request.of(Path.of(args[0]), Path.of(args[1])));
            if (written.points() != POINTS) {
                throw new IllegalStateException("not all points were written: " + written);
            }
        }
    }

    @BeforeAll
    static void write() throws IOException, InterruptedException {
        CloudFiles.write(folder.resolve("room.ply"), room());
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.resolve("room.ply").toString(),
                        page().toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/million-points.log"))
                .start();
        assertThat(writer.waitFor())
                .as("%s", Files.readString(Path.of("target/million-points.log")))
                .isZero();
    }

    private static Path page() {
        return folder.resolve("room.html");
    }

    /** Walls and floor with the noise of a depth camera, and photo colours with that of an image sensor. */
    private static PointCloud room() {
        SplittableRandom random = new SplittableRandom(8);
        float[][] place = new float[3][POINTS];
        int[][] photo = new int[3][POINTS];
        int[] label = new int[POINTS];
        int[] truth = new int[POINTS];
        int[] instance = new int[POINTS];
        float[] confidence = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            int side = random.nextInt(3);
            for (int axis = 0; axis < 3; axis++) {
                double noise = 0.003 * random.nextGaussian();
                place[axis][i] = (float) (axis == side ? noise : 8 * random.nextDouble() + noise);
                photo[axis][i] =
                        Math.clamp(Math.round(128 + 60 * Math.sin(place[axis][i]) + 5 * random.nextGaussian()), 0, 255);
            }
            truth[i] = side * 6 + (int) (place[(side + 1) % 3][i] / 8.1 * 6);
            label[i] = random.nextInt(10) == 0 ? random.nextInt(20) : truth[i];
            instance[i] = truth[i] * 10 + (int) Math.abs(place[(side + 2) % 3][i]);
            confidence[i] = (float) (1 - 0.5 * random.nextDouble() * random.nextDouble());
        }
        return PointCloud.of(
                "room",
                Column.of("x", place[0]),
                Column.of("y", place[1]),
                Column.of("z", place[2]),
                bytes("red", photo[0]),
                bytes("green", photo[1]),
                bytes("blue", photo[2]),
                Column.of("label", label),
                Column.of("label_true", truth),
                Column.of("confidence", confidence),
                Column.of("instance", instance));
    }

    private static Column bytes(String name, int[] values) {
        return new Column(name, NpArray.of(values, values.length).as(ArrayElement.UINT8));
    }

    @Test
    void thePageIsSmallerThan15Megabytes() throws IOException {
        long bytes = Files.size(page());
        Files.writeString(Path.of("target/million-points.txt"), "page of a million points: " + bytes + " bytes\n");
        assertThat(bytes).isLessThan(15_000_000);
    }

    @Test
    void theFirstPictureIsThereWithin3Seconds() throws IOException {
        double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        assumeTrue(
                busy < 3,
                "the machine does %.1f things at once, so that times say nothing about the page; run this alone"
                        .formatted(busy));
        try (HeadlessBrowser browser = HeadlessBrowser.start(1280, 760)) {
            Duration before = browser.processorTime();
            long start = System.nanoTime();
            browser.open(page(), "", "window.cscView && cscView.ready()");
            double drawn = browser.evaluate("cscView.firstPicture()").asDouble() / 1000;
            double wall = (System.nanoTime() - start) / 1e9;
            double processor = browser.processorTime().minus(before).toMillis() / 1e3;
            browser.picture(Path.of("target/pictures/million-points.png"));
            String figures =
                    "first picture of a million points: %.2f s after navigation, %.2f s seen from outside, %.2f s of processor time%n"
                            .formatted(drawn, wall, processor);
            Files.writeString(Path.of("target/first-picture.txt"), figures);
            // The clock also counts what others take meanwhile; two cores at work for 3 s are 6 s of processor time.
            assertThat(drawn < 3 || processor < 6).as(figures).isTrue();
            assertThat(browser.errors()).isEmpty();
        }
    }
}
