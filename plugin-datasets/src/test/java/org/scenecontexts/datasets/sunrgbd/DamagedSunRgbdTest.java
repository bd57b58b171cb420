package org.scenecontexts.datasets.sunrgbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile.Entry;
import us.hebi.matlab.mat.types.Struct;

/** Every damaged file of the archives gives one error with its name and the place, and nothing under a final name. */
class DamagedSunRgbdTest {

    private static final String META = "SUNRGBDtoolbox/Metadata/SUNRGBDMeta.mat";
    private static final String SPLIT = "SUNRGBDtoolbox/traintestSUNRGBD/allsplit.mat";
    private static final String SECOND = "SUNRGBDMeta3DBB_v2.mat";
    private static final String FIRST = "SUNRGBD/kv1/synthetic/val-0-0/";
    private static final String VIEW = "sunrgbd_pc_bbox_votes_50k_v1_val/000001_pc.npz";

    @TempDir
    static Path whole;

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();

    @BeforeAll
    static void write() {
        RawTree.run(new RawRoomsFactory()
                .create(
                        new RawRoomsFactory.Config(whole, RawRoomsFactory.Layout.SUNRGBD, 1, 1, 0, 7, 1, 0.01, 0),
                        new TestContext()));
    }

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(
                        file,
                        folder.resolve("raw").resolve(whole.relativize(file).toString()));
            }
        }
    }

    private Path raw(String name) {
        return folder.resolve("raw").resolve(name);
    }

    private Map<String, Double> prepare(String target, boolean legacy, Integer... except) {
        return RawTree.run(new SunRgbdPreparationFactory()
                .create(
                        new SunRgbdPreparationFactory.Config(
                                folder.resolve("raw"),
                                folder.resolve(target),
                                Optional.empty(),
                                Optional.empty(),
                                500,
                                0,
                                List.of(except),
                                legacy),
                        context));
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> prepare("prepared", false))
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll(parts);
        assertThat(folder.resolve("prepared").resolve(VIEW)).doesNotExist();
    }

    /** Changes a table and writes it again. */
    private void edit(String name, Consumer<us.hebi.matlab.mat.types.MatFile> change) throws IOException {
        var mat = Mat5.readFromFile(raw(name).toFile());
        change.accept(mat);
        var changed = Mat5.newMatFile();
        for (Entry entry : mat.getEntries()) {
            changed.addArray(entry.getName(), entry.getValue());
        }
        Path file = folder.resolve("changed.mat");
        Files.deleteIfExists(file);
        Mat5.writeToFile(changed, file.toFile());
        Files.move(file, raw(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void meta(Consumer<Struct> change) throws IOException {
        edit(META, mat -> change.accept(mat.getStruct("SUNRGBDMeta")));
    }

    private void cut(String name, double share) throws IOException {
        byte[] bytes = Files.readAllBytes(raw(name));
        Files.write(raw(name), Arrays.copyOf(bytes, (int) (share * bytes.length)));
    }

    @Test
    void aTruncatedDepthPictureIsRefusedAndCanBeLeftOut() throws IOException {
        cut(FIRST + "depth/0000001.png", 0.6);
        refused("val-0-0", "0000001.png", "no whole PNG", "'except'");
        assertThat(prepare("prepared", false, 1)).containsEntry("scenes", 1.0);
        assertThat(folder.resolve("prepared").resolve(VIEW)).doesNotExist();
    }

    @Test
    void aChangedByteOfADepthPictureIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(raw(FIRST + "depth/0000001.png"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(raw(FIRST + "depth/0000001.png"), bytes);
        refused("0000001.png", "is damaged in the chunk at byte");
    }

    @Test
    void aTruncatedColourPictureIsRefused() throws IOException {
        cut(FIRST + "image/0000001.jpg", 0.7);
        refused("val-0-0", "0000001.jpg", "is cut off");
    }

    @Test
    void aDepthPictureOfAnotherKindIsRefused() throws IOException {
        ImageIO.write(
                new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB),
                "png",
                raw(FIRST + "depth/0000001.png").toFile());
        refused("0000001.png", "one channel of 16 bits", "3 of 8");
    }

    @Test
    void picturesOfDifferentSizesAreRefused() throws IOException {
        ImageIO.write(
                new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB),
                "jpg",
                raw(FIRST + "image/0000001.jpg").toFile());
        refused("0000001.jpg", "40 x 30", "64 x 48");
    }

    @Test
    void aPictureWithoutAnyDepthIsRefused() throws IOException {
        ImageIO.write(
                new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_GRAY),
                "png",
                raw(FIRST + "depth/0000001.png").toFile());
        refused("0000001.png", "no pixel has a depth", "'except: [1]'");
    }

    @Test
    void missingPicturesAreNamedBeforeTheWorkBegins() throws IOException {
        Files.delete(raw(FIRST + "depth/0000001.png"));
        refused("val-0-0", "0000001.png", "no such file");
    }

    @Test
    void aDamagedTableIsRefused() throws IOException {
        cut(META, 0.5);
        refused("SUNRGBDMeta.mat", "ends in the middle");
    }

    @Test
    void missingCalibrationIsRefused() throws IOException {
        meta(images -> images.set("K", 0, Mat5.newMatrix(0, 0)));
        refused("SUNRGBDMeta.mat", "image 1", "'K'", "3 x 3");
    }

    @Test
    void aTiltThatIsNoRotationIsRefused() throws IOException {
        meta(images -> images.set("Rtilt", 1, Mat5.newMatrix(3, 3)));
        refused("SUNRGBDMeta.mat", "image 2", "'Rtilt'", "a rotation");
    }

    @Test
    void aTableWithoutCalibrationIsRefused() throws IOException {
        meta(images -> images.remove("K"));
        refused("SUNRGBDMeta.mat", "image 1", "no field 'K'");
    }

    @Test
    void aBoxWithoutClassIsRefused() throws IOException {
        meta(images -> images.getStruct("groundtruth3DBB", 0).set("classname", 1, Mat5.newMatrix(0, 0)));
        refused("SUNRGBDMeta.mat", "image 1, box 2", "'classname'", "text");
    }

    @Test
    void aBoxWithoutVolumeIsLeftOutAloneAndSaid() throws IOException {
        double before = prepare("whole", false).get("boxes");
        meta(images -> {
            Struct boxes = images.getStruct("groundtruth3DBB", 0);
            boxes.set("classname", 0, Mat5.newString("bed"));
            boxes.set("coeffs", 0, Mat5.newMatrix(1, 3));
            boxes.set("classname", 1, Mat5.newString("table"));
        });
        Map<String, Double> figures = prepare("prepared", false);
        assertThat(figures).containsEntry("boxes_left_out", 1.0);
        assertThat(figures.get("boxes")).isGreaterThanOrEqualTo(before - 1);
        assertThat(context.warnings)
                .anySatisfy(said -> assertThat(said).contains("SUNRGBDMeta.mat", "1 boxes", "image 1, box 1"));
    }

    @Test
    void boxesBehindOneWithoutRectangleAreKeptUnlessAsPublished() throws IOException {
        double all = prepare("before", false).get("boxes");
        meta(images -> images.getStruct("groundtruth2DBB", 0).set("gtBb2D", 0, Mat5.newMatrix(0, 0)));
        assertThat(prepare("right", false)).containsEntry("boxes", all).containsEntry("boxes_left_out", 0.0);
        assertThat(prepare("published", true).get("boxes")).isLessThan(all);
        assertThat(context.warnings).anySatisfy(said -> assertThat(said).contains("without a rectangle", "legacy"));
    }

    @Test
    void asPublishedPointsAreTurnedByTheSecondTable() throws IOException {
        prepare("first", true);
        edit(SECOND, mat -> {
            var turned = Mat5.newMatrix(3, 3);
            for (int i = 0; i < 3; i++) {
                turned.setDouble(i, i, 1);
            }
            mat.getStruct("SUNRGBDMeta").set("Rtilt", 0, turned);
        });
        prepare("second", true);
        assertThat(folder.resolve("second").resolve(VIEW))
                .isRegularFile()
                .satisfies(file -> assertThat(Files.readAllBytes(file))
                        .isNotEqualTo(Files.readAllBytes(folder.resolve("first").resolve(VIEW))));
        Files.delete(raw(SECOND));
        assertThatThrownBy(() -> prepare("third", true)).hasMessageContainingAll(SECOND, "no such file", "legacy");
        assertThat(prepare("right", false)).containsEntry("scenes", 2.0);
    }

    @Test
    void theSecondVersionOfTheLabelsIsNotTakenForTheFirst() throws IOException {
        Files.copy(raw(SECOND), raw(META), StandardCopyOption.REPLACE_EXISTING);
        refused("SUNRGBDMeta.mat", "first version", "'labels'");
    }

    @Test
    void anUnreadableDivisionIsRefused() throws IOException {
        cut(SPLIT, 0.3);
        refused("allsplit.mat");
        Files.writeString(raw(SPLIT), "kv1/a\nkv1/b\n");
        refused("allsplit.mat", "no MATLAB file");
        Files.delete(raw(SPLIT));
        refused("allsplit.mat", "no such file", "'split'");
    }

    @Test
    void aDivisionThatHoldsNoPathsOrNamesAnImageTwiceIsRefused() throws IOException {
        edit(SPLIT, mat -> mat.getCell("alltest").set(0, mat.getCell("alltrain").get(0)));
        refused("allsplit.mat", "train-0-0", "alltrain and in alltest");
        edit(SPLIT, mat -> mat.getCell("alltest").set(0, Mat5.newScalar(3)));
        refused("allsplit.mat", "alltest{1}", "path");
    }

    @Test
    void aDivisionOfOtherImagesIsRefusedAndImagesInNoListAreSaid() throws IOException {
        edit(SPLIT, mat -> mat.getCell("alltest").set(0, Mat5.newString("/n/SUNRGBD/kv2/other")));
        assertThat(prepare("prepared", false)).containsEntry("scenes", 1.0);
        assertThat(context.warnings)
                .anySatisfy(said -> assertThat(said).contains("allsplit.mat", "1 images are in neither list"));
        edit(SPLIT, mat -> {
            Cell train = mat.getCell("alltrain");
            train.set(0, Mat5.newString("/n/SUNRGBD/kv2/another"));
        });
        refused("allsplit.mat", "names none of the 2 images", "kv1/synthetic/val-0-0");
    }

    @Test
    void viewsOfAnEarlierDivisionAreNotLeftToBeLearnedFrom() throws IOException {
        prepare("prepared", false);
        edit(SPLIT, mat -> mat.getCell("alltest").set(0, Mat5.newString("/n/SUNRGBD/kv2/other")));
        assertThatThrownBy(() -> prepare("prepared", false))
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll("000001_pc.npz", "not to be prepared", "remove it");
    }

    @Test
    void whatIsNotThereSaysWhereItComesFrom() throws IOException {
        Files.delete(raw(META));
        refused("SUNRGBDMeta.mat", "'labels'", "rgbd.cs.princeton.edu");
        assertThatThrownBy(() -> prepare("prepared", false, 7)).hasMessageContaining("SUNRGBDMeta.mat");
    }

    @Test
    void anImageToLeaveOutThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> prepare("prepared", false, 7)).hasMessageContainingAll("images 1 to 2", "names 7");
    }

    /** Whatever bytes are changed or cut off: the preparation succeeds or says which file is wrong, and never leaves a part. */
    @Test
    void changedBytesNeverLeaveAPart() throws IOException {
        Random random = new Random(5);
        List<String> names = List.of(FIRST + "depth/0000001.png", FIRST + "image/0000001.jpg", META, SPLIT);
        for (int round = 0; round < 48; round++) {
            Path file = raw(names.get(round % names.size()));
            byte[] whole = Files.readAllBytes(file);
            byte[] bytes = whole.clone();
            if (round % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            String target = "round" + round;
            try {
                prepare(target, false);
                assertThat(folder.resolve(target).resolve(VIEW)).exists();
            } catch (CloudException e) {
                assertThat(e.getMessage()).contains(file.getFileName().toString());
                assertThat(folder.resolve(target).resolve(VIEW)).doesNotExist();
            }
            Files.write(file, whole);
        }
    }

    @Test
    void aPictureThatTellsOfMorePixelsThanAnySensorHasIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(raw(FIRST + "depth/0000001.png"));
        ByteBuffer header = ByteBuffer.wrap(bytes);
        // Width and height are the first fields of the first chunk, whose checksum stands behind its 13 bytes.
        header.putInt(16, 40_000).putInt(20, 40_000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        header.putInt(29, (int) crc.getValue());
        Files.write(raw(FIRST + "depth/0000001.png"), bytes);
        refused("0000001.png", "tells of 40000 x 40000 pixels", "'except'");
    }
}
