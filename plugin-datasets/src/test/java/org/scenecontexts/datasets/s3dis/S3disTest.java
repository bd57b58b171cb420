package org.scenecontexts.datasets.s3dis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.prepared.PublishedVoxels;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class S3disTest {

    @TempDir
    Path folder;

    private static Path prepared() {
        return TestFiles.golden("more/seg_s3dis");
    }

    private static Dataset open(Path path, Optional<S3disFactory.Split> split, List<Integer> areas) {
        return new S3disFactory()
                .create(new S3disFactory.Config(path, split, areas, List.of(), List.of(), true), new TestContext());
    }

    private static Dataset val() {
        return open(prepared(), Optional.of(S3disFactory.Split.VAL), List.of());
    }

    @Test
    void givesThePublishedVoxelsAndLabels() {
        Map<String, NpArray> golden = Npz.readAll(TestFiles.golden("more/seg_items_semseg.npz"));
        assertThat(golden.get("s3dis_val/file").scalarText()).isEqualTo("Area_5/hallway_2.pth");
        PublishedVoxels.expect(val().load(0).scene(), golden, "s3dis_val", 0.05);
    }

    @Test
    void givesThePublishedObjectsOfAllClasses() {
        Map<String, NpArray> golden = Npz.readAll(TestFiles.golden("more/seg_items_insseg.npz"));
        PublishedVoxels.expectObjects(val().load(0).scene(), golden, "s3dis_val_stuff");
    }

    @Test
    void validatesOnAreaFive() {
        assertThat(val().size()).isEqualTo(1);
        assertThat(val().id(0)).isEqualTo("Area_5_hallway_2");
    }

    @Test
    void areasCanBeChosen() {
        Dataset data = open(prepared(), Optional.empty(), List.of(5, 1));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.id(1)).isEqualTo("Area_1_office_1");
    }

    @Test
    void bothContainersGiveTheSameRoom() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/area5.txt"), "Area_5/hallway_2.legacy.pth\n");
        Files.createDirectories(folder.resolve("Area_5"));
        Files.copy(prepared().resolve("Area_5/hallway_2.legacy.pth"), folder.resolve("Area_5/hallway_2.legacy.pth"));
        Scene old = open(folder, Optional.empty(), List.of(5)).load(0).scene();
        assertThat(old.withId("Area_5_hallway_2"))
                .usingRecursiveComparison()
                .isEqualTo(val().load(0).scene());
    }

    @Test
    void thereAreThirteenClassesAndStairsAreLeftOut() {
        assertThat(S3disClasses.all().names()).hasSize(13).doesNotContain("stairs");
        assertThat(S3disClasses.all().names().get(S3disClasses.of(9))).isEqualTo("sofa");
        assertThat(S3disClasses.of(10)).isEqualTo(Labels.IGNORE);
        assertThat(S3disClasses.all().names().get(S3disClasses.of(11))).isEqualTo("table");
        assertThat(S3disClasses.all().names().get(S3disClasses.of(13))).isEqualTo("window");
        assertThat(S3disClasses.of(255)).isEqualTo(Labels.IGNORE);
    }

    @Test
    void anAreaThatDoesNotExistIsReported() {
        assertThatThrownBy(() -> open(Path.of("."), Optional.empty(), List.of(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no area 7");
    }

    @Test
    void aRoomThatIsListedButMissingIsReported() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/area5.txt"), "Area_5/attic_1.pth\n");
        assertThatThrownBy(() -> open(folder, Optional.of(S3disFactory.Split.TEST), List.of()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("attic_1.pth")
                .hasMessageContaining("no such file");
    }
}
