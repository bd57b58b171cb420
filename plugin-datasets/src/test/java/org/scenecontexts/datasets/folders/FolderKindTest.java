package org.scenecontexts.datasets.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.s3dis.S3disFactory;
import org.scenecontexts.datasets.scannet.LabelSet;
import org.scenecontexts.datasets.scannet.ScannetFactory;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.TorchArray;
import org.scenecontexts.io.torch.TorchValue;
import org.scenecontexts.io.torch.TorchWriter;

/** A data set that was named wrongly is answered with the right one. */
class FolderKindTest {

    @TempDir
    private Path root;

    private void scannet() {
        new ScannetFactory()
                .create(
                        new ScannetFactory.Config(
                                root,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                LabelSet.SCANNET20,
                                false),
                        new TestContext());
    }

    @ParameterizedTest
    @CsvSource({
        "train/scene0000_00/coord.npy, pointcept",
        "scene0000_00/coord.npy, pointcept",
        "train/scene0000_00.pth, Pointcept prepared them before version 1.5.2",
        "Area_1/office_1.pth, 's3dis'",
        "scene0000_00_vert.npy, scannet-detection",
        "sequences/00/velodyne/000000.bin, semantic-kitti",
        "scans/scene0000_00/scene0000_00_vh_clean_2.ply, 'prepare: {type: scannet'",
        "Area_1/office_1/Annotations/chair_1.txt, 'prepare: {type: s3dis'"
    })
    void whatIsNotPublishedScannetIsNamed(String file, String named) throws IOException {
        Folders.text(root.resolve(file), "x");

        assertThatThrownBy(this::scannet)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(root + ": is not ScanNet as published; it looks like ")
                .hasMessageContaining(named);
    }

    @Test
    void masksBesidePointsAreMmdet3ds() throws IOException {
        Folders.text(root.resolve("points/scene0000_00.bin"), "x");
        Files.createDirectories(root.resolve("semantic_mask"));

        assertThatThrownBy(this::scannet).hasMessageContaining("type: mmdet3d");
    }

    @Test
    void publishedFoldersWithOtherThingsBesideAreStillWhatTheyAre() throws IOException {
        Folders.text(root.resolve("Area_1/office_1.pth"), "x");
        Folders.text(root.resolve("weights.pth"), "x");

        assertThat(FolderKind.instead(root, FolderKind.S3DIS)).isEmpty();
    }

    @Test
    void theOtherWayRoundToo() throws IOException {
        Folders.text(root.resolve("scene0000_00.pth"), "x");

        assertThatThrownBy(() -> new S3disFactory()
                        .create(
                                new S3disFactory.Config(root, Optional.empty(), List.of(), List.of(), List.of(), false),
                                new TestContext()))
                .hasMessageContaining("'data: {type: scannet, ...}'");
        assertThatThrownBy(() -> new PointceptFactory()
                        .create(
                                new PointceptFactory.Config(
                                        root, PointceptFactory.Contents.SCANNET20, List.of(), List.of(), false),
                                new TestContext()))
                .hasMessageContaining("'data: {type: scannet, ...}'");
    }

    @Test
    void theTuplesOfPointGroupAreNotTakenForPublishedOnes() throws IOException {
        TorchWriter.write(
                root.resolve("scene0000_00.pth"),
                new TorchValue.Sequence(
                        TorchValue.Sequence.Kind.TUPLE,
                        List.of(
                                TorchArray.of(NpArray.of(new float[] {0, 0, 0}, 1, 3)),
                                TorchArray.of(NpArray.of(new float[] {-0.5f, 0, 1}, 1, 3)),
                                TorchArray.of(NpArray.of(new double[] {3}, 1)),
                                TorchArray.of(NpArray.of(new double[] {0}, 1)))));
        Folders.text(root.resolve("splits/scannetv2_train.txt"), "scene0000_00\n");

        assertThatThrownBy(() -> new ScannetFactory()
                        .create(
                                new ScannetFactory.Config(
                                        root,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        LabelSet.SCANNET20,
                                        false),
                                new TestContext())
                        .load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("PointGroup");
    }
}
