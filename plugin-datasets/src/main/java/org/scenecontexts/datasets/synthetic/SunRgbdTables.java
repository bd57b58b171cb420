package org.scenecontexts.datasets.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.datasets.synthetic.SunRgbdPicture.Seen;
import org.scenecontexts.io.array.AtomicFile;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** The tables of SUN RGB-D as MATLAB stores them: all images with their boxes in two versions, and the division. */
final class SunRgbdTables {

    /** What the paths in the real tables begin with. */
    private static final String DISK = "/n/fs/sun3d/data/SUNRGBD/";

    private static final int TEXT_OF_HEADER = 116;

    private final List<SunRgbdPicture> pictures = new ArrayList<>();
    private final List<String> train = new ArrayList<>();
    private final List<String> test = new ArrayList<>();

    void add(SunRgbdPicture picture, boolean learned) {
        pictures.add(picture);
        // Some paths of the real lists end with a slash.
        (learned ? train : test).add(DISK + picture.folder() + (pictures.size() % 2 == 0 ? "/" : ""));
    }

    /** Files that are right already are left as they are, so that nothing that was made of them has to be made again. */
    void write(Path target) {
        List<List<Seen>> seen = pictures.stream().map(SunRgbdPicture::seen).toList();
        Path toolbox = target.resolve("SUNRGBDtoolbox");
        write(toolbox.resolve("Metadata/SUNRGBDMeta.mat"), List.of("SUNRGBDMeta"), List.of(images(seen, true)));
        write(target.resolve("SUNRGBDMeta3DBB_v2.mat"), List.of("SUNRGBDMeta"), List.of(images(seen, false)));
        write(
                toolbox.resolve("traintestSUNRGBD/allsplit.mat"),
                List.of("alltrain", "alltest"),
                List.of(cells(train), cells(test)));
    }

    /** @param rectangles whether those in the pictures are there as well, as in the first version */
    private Struct images(List<List<Seen>> seen, boolean rectangles) {
        Struct images = Mat5.newStruct(1, pictures.size());
        for (int i = 0; i < pictures.size(); i++) {
            SunRgbdPicture picture = pictures.get(i);
            String path = DISK + picture.folder() + "/";
            images.set("sequenceName", i, Mat5.newString("SUNRGBD/" + picture.folder()));
            images.set("groundtruth3DBB", i, boxes(picture, seen.get(i), rectangles));
            images.set("Rtilt", i, matrix(picture.tilt()));
            images.set("K", i, matrix(picture.lens()));
            images.set("depthpath", i, Mat5.newString(path + SunRgbdPicture.DEPTH));
            images.set("rgbpath", i, Mat5.newString(path + SunRgbdPicture.COLOUR));
            images.set("depthname", i, Mat5.newString("0000001.png"));
            images.set("rgbname", i, Mat5.newString("0000001.jpg"));
            images.set("sensorType", i, Mat5.newString("kv1"));
            images.set("valid", i, Mat5.newScalar(1));
            if (rectangles) {
                images.set("groundtruth2DBB", i, rectangles(seen.get(i)));
            }
        }
        return images;
    }

    private static Array boxes(SunRgbdPicture picture, List<Seen> seen, boolean rectangles) {
        if (seen.isEmpty()) {
            return Mat5.newMatrix(0, 0);
        }
        Struct boxes = Mat5.newStruct(1, seen.size());
        for (int j = 0; j < seen.size(); j++) {
            Seen thing = seen.get(j);
            double c = StrictMath.cos(thing.heading());
            double s = StrictMath.sin(thing.heading());
            boxes.set("basis", j, matrix(new double[] {-s, c, 0, c, s, 0, 0, 0, 1}));
            // Half lengths across the heading, along it, and upwards.
            boxes.set(
                    "coeffs",
                    j,
                    row(
                            thing.item().sizeY() / 2,
                            thing.item().sizeX() / 2,
                            thing.item().sizeZ() / 2));
            boxes.set("centroid", j, row(thing.centre()));
            boxes.set(
                    "classname", j, Mat5.newString(SunRgbdWords.of(thing.item().type())));
            boxes.set("sequenceName", j, Mat5.newString("SUNRGBD/" + picture.folder()));
            boxes.set("orientation", j, row(c, s, 0));
            if (rectangles) {
                boxes.set("gtBb2D", j, row(thing.rectangle()));
            }
        }
        return boxes;
    }

    private static Array rectangles(List<Seen> seen) {
        if (seen.isEmpty()) {
            return Mat5.newMatrix(0, 0);
        }
        Struct rectangles = Mat5.newStruct(1, seen.size());
        for (int j = 0; j < seen.size(); j++) {
            rectangles.set("objid", j, Mat5.newScalar(j + 1));
            rectangles.set("gtBb2D", j, row(seen.get(j).rectangle()));
            rectangles.set(
                    "classname",
                    j,
                    Mat5.newString(SunRgbdWords.of(seen.get(j).item().type())));
            rectangles.set("has3dbox", j, Mat5.newScalar(1));
        }
        return rectangles;
    }

    private static Cell cells(List<String> texts) {
        Cell cells = Mat5.newCell(1, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            cells.set(i, Mat5.newString(texts.get(i)));
        }
        return cells;
    }

    private static Matrix row(double... values) {
        Matrix matrix = Mat5.newMatrix(1, values.length);
        for (int i = 0; i < values.length; i++) {
            matrix.setDouble(i, values[i]);
        }
        return matrix;
    }

    /** @param values row-major, {@code [3, 3]} */
    private static Matrix matrix(double[] values) {
        Matrix matrix = Mat5.newMatrix(3, 3);
        for (int i = 0; i < values.length; i++) {
            matrix.setDouble(i / 3, i % 3, values[i]);
        }
        return matrix;
    }

    private static void write(Path file, List<String> names, List<Array> arrays) {
        byte[] bytes = bytes(names, arrays);
        try {
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
        AtomicFile.write(file, out -> out.write(bytes));
    }

    private static byte[] bytes(List<String> names, List<Array> arrays) {
        byte[] bytes;
        try (var content = Mat5.newMatFile()) {
            for (int i = 0; i < names.size(); i++) {
                content.addArray(names.get(i), arrays.get(i));
            }
            // What cannot be compressed grows by a few bytes.
            ByteBuffer room = ByteBuffer.allocate(
                            Math.toIntExact(content.getUncompressedSerializedSize() * 11 / 10 + 4096))
                    .order(ByteOrder.LITTLE_ENDIAN);
            try (var sink = Sinks.wrap(room)) {
                Mat5.newWriter(sink).writeMat(content).flush();
                bytes = Arrays.copyOf(room.array(), Math.toIntExact(sink.position()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The library writes the time into the header; the same rooms give the same bytes.
        byte[] head = "MATLAB 5.0 MAT-file, synthetic rooms of csc".getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(bytes, 0, TEXT_OF_HEADER, (byte) ' ');
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }
}
