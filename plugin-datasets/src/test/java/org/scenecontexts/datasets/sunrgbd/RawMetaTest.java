package org.scenecontexts.datasets.sunrgbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import us.hebi.matlab.mat.types.Struct;

/**
 * Tables of MATLAB are read as another program wrote them: {@code scipy-meta.mat} is of SciPy 1.17's {@code savemat}, compressed,
 * with the fields of the first version's table: an image with a chair, a bin whose rectangle is missing and a night stand, and
 * one without boxes.
 */
class RawMetaTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("meta.mat");
        try (InputStream in = RawMetaTest.class.getResourceAsStream("scipy-meta.mat")) {
            Files.write(file, in.readAllBytes());
        }
    }

    @Test
    void cameraAndPathsAreThoseOfTheTable() {
        RawMeta meta = RawMeta.read(file);
        assertThat(meta.size()).isEqualTo(2);
        assertThat(meta.camera(1).lens()).containsExactly(529.5, 0, 365, 0, 529.5, 265, 0, 0, 1);
        double c = Math.cos(Math.toRadians(20));
        double s = Math.sin(Math.toRadians(20));
        assertThat(meta.camera(1).tilt()).containsExactly(new double[] {1, 0, 0, 0, c, -s, 0, s, c}, within(1e-15));
        assertThat(RawPaths.folder(meta.depthPath(1))).isEqualTo("kv2/kinect2data/000002-resize");
        assertThat(RawPaths.below(meta.colourPath(2))).isEqualTo("kv2/kinect2data/000003-resize/image/0000103.jpg");
    }

    @Test
    void boxesOfTheTenClassesHaveTheirLengthAlongTheHeading() {
        RawMeta.Boxes boxes = RawMeta.read(file).boxes(1, false);
        assertThat(boxes.kept()).extracting(RawBox::label).containsExactly(3, 7);
        // Along y: a quarter turn, stored clockwise; lengths are above 0 whatever their sign.
        assertThat(boxes.kept().getFirst().row()).containsExactly(0.5, 2, -0.25, 0.375, 0.25, 0.5, -Math.PI / 2, 3);
        assertThat(boxes.kept().getLast().row()[6]).isEqualTo(-Math.PI);
        assertThat(boxes.leftOut()).isEmpty();
        assertThat(RawMeta.read(file).boxes(2, false).kept()).isEmpty();
    }

    @Test
    void asPublishedTheListEndsAtTheFirstBoxWithoutARectangle() {
        RawMeta.Boxes boxes = RawMeta.read(file).boxes(1, true);
        assertThat(boxes.kept()).extracting(RawBox::label).containsExactly(3);
        assertThat(boxes.dropped()).isEqualTo(2);
    }

    @Test
    void publishedTextsHaveSixDecimals() {
        RawBox box = new RawBox(
                1, new double[] {1.23456789, -0.0000004, 2}, new double[] {1, 1, 0.4999996}, new double[] {0.6, 0.8});
        assertThat(box.rounded().centre()).containsExactly(1.234568, 0, 2);
        assertThat(box.rounded().halves()).containsExactly(1, 1, 0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "/n/fs/sun3d/data/SUNRGBD/kv1/b3dodata/img_0063/depth/img.png, kv1/b3dodata/img_0063",
        "SUNRGBD//xtion//a/b/depth/x.png, xtion/a/b",
        "'C:\\data\\SUNRGBD\\kv2\\c\\depth\\x.png', kv2/c",
        "depth/x.png, ''"
    })
    void foldersAreFoundInAllWritings(String path, String expected) {
        assertThat(RawPaths.folder(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'MATLAB 7.3 MAT-file, Platform: GLNXA64', version 7.3, '-v7'",
        "'# Created by Octave 8.4.0', Octave, '-v7'",
        "'<html>404', no MATLAB file, <html>404",
        "'', no MATLAB file, download it again"
    })
    void otherFormatsAreRefusedWithARemedy(String head, String what, String remedy) throws IOException {
        byte[] bytes = new byte[1000];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
        Files.write(file, bytes);
        refused("meta.mat", what, remedy);
    }

    @Test
    void anHdf5FileWithoutMatlabsHeaderIsRefusedAsSuch() throws IOException {
        Files.write(file, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0});
        refused("meta.mat", "HDF5", "-v7");
    }

    @Test
    void cutsAreFound() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int size = 0; size < whole.length; size += 7) {
            Files.write(file, Arrays.copyOf(whole, size));
            refused("meta.mat");
        }
    }

    /** Bits that no code uses may change; whatever changes a number is found. */
    @Test
    void noChangedByteOfACompressedVariableChangesANumber() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<String> right = content();
        int found = 0;
        for (int at = 136; at < whole.length; at += 3) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x20;
            Files.write(file, changed);
            try {
                assertThat(content()).isEqualTo(right);
            } catch (CloudException e) {
                assertThat(e).hasMessageContaining("meta.mat");
                found++;
            }
        }
        assertThat(found).isGreaterThan((whole.length - 136) / 3 * 9 / 10);
    }

    private List<String> content() {
        RawMeta meta = RawMeta.read(file);
        List<String> content = new ArrayList<>();
        for (int number = 1; number <= meta.size(); number++) {
            content.add(
                    meta.depthPath(number) + Arrays.toString(meta.camera(number).lens()));
            meta.boxes(number, false).kept().forEach(box -> content.add(Arrays.toString(box.row())));
        }
        return content;
    }

    @Test
    void aVariableThatIsNotThereIsSaidWithThoseThatAre() {
        assertThatThrownBy(() -> MatFile.read(file, "alltrain", Struct.class))
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll("meta.mat", "no variable 'alltrain'", "SUNRGBDMeta");
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> RawMeta.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll(parts);
    }
}
