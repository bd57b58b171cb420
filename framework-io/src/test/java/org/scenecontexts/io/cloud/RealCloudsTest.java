package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.testing.TestFiles;

/** Files of other programs, with what synthetic data hides. */
class RealCloudsTest {

    @TempDir
    Path folder;

    @Test
    void kinectViewsWithLabelsAreRead() {
        PointCloud cloud = CloudFiles.read(TestFiles.shared("data/osd/learn0.pcd"));
        assertThat(cloud.names()).containsExactly("label", "x", "y", "z", "rgba");
        assertThat(cloud.size()).isEqualTo(640 * 480);
        assertThat(cloud.layout().height()).isEqualTo(480);
        CloudScene converted = CloudScenes.convert(cloud, "learn0");
        assertThat(converted.scene().size()).isBetween(160_000, 209_000);
        assertThat(converted.warnings()).isEmpty();
        long[] labels = CloudScenes.labels(cloud, "label", converted.kept());
        assertThat(Arrays.stream(labels).max().orElse(0)).isGreaterThan(19);
        assertThat(converted.scene().hasColours()).isTrue();
    }

    @Test
    void writingAnOrganisedCompressedCloudBackChangesNothing() {
        PointCloud cloud = CloudFiles.read(TestFiles.shared("data/osd/learn4.pcd"));
        for (String name : List.of("copy.pcd", "copy.ply")) {
            Path copy = folder.resolve(name);
            CloudFiles.write(copy, cloud, CloudEncoding.COMPRESSED);
            PointCloud read = CloudFiles.read(copy);
            assertThat(read.names()).isEqualTo(cloud.names());
            for (String field : cloud.names()) {
                assertThat(read.column(field).values().doubles())
                        .isEqualTo(cloud.column(field).values().doubles());
            }
        }
    }

    @Test
    void everyCloudOfTheCollectionIsReadAndHasARoomsSize() throws IOException {
        for (String part : List.of("data/clouds", "data/pairs")) {
            try (Stream<Path> files = Files.list(TestFiles.shared(part))) {
                for (Path file : files.sorted().toList()) {
                    CloudScene converted = CloudScenes.convert(CloudFiles.read(file), "s");
                    assertThat(converted.scene().size()).as(file.toString()).isGreaterThan(10_000);
                    assertThat(converted.warnings()).as(file.toString()).isEmpty();
                }
            }
        }
    }

    @Test
    void aTruncatedCloudIsRefusedWithItsFigures() {
        Path file = TestFiles.shared("data/hostile/open3d_fragment_truncated.pcd");
        assertThatThrownBy(() -> CloudFiles.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("open3d_fragment_truncated.pcd")
                .hasMessageContaining("113662 points of 32 bytes")
                .hasMessageContaining("113464 points are whole")
                .hasMessageContaining("truncated");
    }

    @Test
    void millimetresAreWarnedOf() {
        Path file = TestFiles.shared("data/hostile/wrong_units.pcd");
        assertThat(CloudScenes.convert(CloudFiles.read(file), "s").warnings())
                .anySatisfy(w -> assertThat(w).contains("wrong_units.pcd", "millimetre", "scale:"));
        assertThat(CloudScenes.convert(CloudFiles.read(file), "s", 0.001).warnings())
                .isEmpty();
    }
}
