package org.scenecontexts.datasets.scannet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.OwnProcess;
import org.scenecontexts.datasets.TestContext;

/**
 * A scan of any size in ScanNet's raw layout, and the measuring of its preparation: {@code main SOURCE TARGET TIMES} prepares it
 * several times in one process and prints what each took.
 */
final class LargeScan {

    /** Vertices of a segment, about as many as in ScanNet. */
    private static final int SEGMENT = 60;

    private static final int SEGMENTS_OF_A_GROUP = 100;

    private static final String SCAN = "scene0000_00";

    private LargeScan() {}

    /** A uneven floor of vertices in a square grid, two triangles between each four of them, as ScanNet has per vertex. */
    static Path write(Path root, int side) throws IOException {
        Path folder = Files.createDirectories(root.resolve("scans").resolve(SCAN));
        mesh(folder.resolve(SCAN + "_vh_clean_2.ply"), side);
        int vertices = side * side;
        StringBuilder segments =
                new StringBuilder("{\"params\":{\"kThresh\":\"0.01\"},\"sceneId\":\"" + SCAN + "\",\"segIndices\":[");
        for (int i = 0; i < vertices; i++) {
            segments.append(i == 0 ? "" : ",").append(7 * (i / SEGMENT) + 3);
        }
        text(folder.resolve(SCAN + "_vh_clean_2.0.010000.segs.json"), segments.append("]}"));
        StringBuilder groups = new StringBuilder("{\"sceneId\":\"" + SCAN + "\",\"segGroups\":[");
        int last = (vertices - 1) / SEGMENT;
        for (int group = 0; group * SEGMENTS_OF_A_GROUP <= last; group++) {
            groups.append(group == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(group)
                    .append(",\"objectId\":")
                    .append(group)
                    .append(",\"label\":\"")
                    .append(group % 2 == 0 ? "chair" : "table")
                    .append("\",\"segments\":[");
            for (int s = 0; s < SEGMENTS_OF_A_GROUP; s++) {
                groups.append(s == 0 ? "" : ",").append(7 * Math.min(last, group * SEGMENTS_OF_A_GROUP + s) + 3);
            }
            groups.append("]}");
        }
        text(folder.resolve(SCAN + ".aggregation.json"), groups.append("]}"));
        text(root.resolve(LabelTable.FILE), new StringBuilder("id\traw_category\tnyu40id\n2\tchair\t5\n4\ttable\t7\n"));
        text(Files.createDirectories(root.resolve("splits")).resolve("scannetv2_train.txt"), new StringBuilder(SCAN));
        return root;
    }

    private static void text(Path file, StringBuilder text) throws IOException {
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static void mesh(Path file, int side) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(("ply\nformat binary_little_endian 1.0\ncomment VCGLIB generated\nelement vertex " + side * side
                            + "\n"
                            + "property float x\n"
                            + "property float y\n"
                            + "property float z\n"
                            + "property uchar red\n"
                            + "property uchar green\n"
                            + "property uchar blue\n"
                            + "property uchar alpha\n"
                            + "element face "
                            + 2 * (side - 1) * (side - 1) + "\nproperty list uchar int vertex_indices\nend_header\n")
                    .getBytes(StandardCharsets.US_ASCII));
            ByteBuffer row = ByteBuffer.allocate(26 * side).order(ByteOrder.LITTLE_ENDIAN);
            for (int y = 0; y < side; y++) {
                row.clear();
                for (int x = 0; x < side; x++) {
                    row.putFloat(0.01f * x).putFloat(0.01f * y).putFloat((float) Math.sin(0.07 * x) * 0.3f);
                    row.put((byte) x).put((byte) y).put((byte) (x + y)).put((byte) 255);
                }
                out.write(row.array(), 0, row.position());
            }
            for (int y = 0; y + 1 < side; y++) {
                row.clear();
                for (int x = 0; x + 1 < side; x++) {
                    int at = y * side + x;
                    row.put((byte) 3).putInt(at).putInt(at + 1).putInt(at + side);
                    row.put((byte) 3).putInt(at + 1).putInt(at + side + 1).putInt(at + side);
                }
                out.write(row.array(), 0, row.position());
            }
        }
    }

    /** Prepares a tree for segmentation. */
    static void prepare(Path source, Path target) {
        new ScannetPreparationFactory()
                .create(
                        new ScannetPreparationFactory.Config(
                                source, target, Optional.empty(), Optional.empty(), LabelSet.SCANNET20, false),
                        new TestContext())
                .run(WorkProgress.none());
    }

    public static void main(String[] args) throws IOException {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            long processor = OwnProcess.processor();
            long start = System.nanoTime();
            prepare(Path.of(args[0]), Path.of(args[1]).resolve("prepared-" + i));
            System.out.printf(
                    Locale.ROOT,
                    "seconds %.2f processor %.2f peak %d MB%n",
                    (System.nanoTime() - start) / 1e9,
                    (OwnProcess.processor() - processor) / 1e3,
                    OwnProcess.peak() >> 10);
        }
    }
}
