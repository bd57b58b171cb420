package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.docs.ManualPrograms;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

/** The program of the page about csc as a library does what the page says, in a folder that knows nothing of the build. */
class LibraryTutorialIT {

    @Test
    void theProgramOfThePageReadsARealCloudAndWritesItsHeights(@TempDir Path folder)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Floor.java"), ManualPrograms.java("docs/use-as-a-library.md"));
        Path office = DistributionProcess.DIST.resolve("examples/clouds/office.pcd");
        Path said = folder.resolve("said.txt");
        Process java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        DistributionProcess.DIST.resolve("lib") + "/*",
                        "Floor.java",
                        office.toString(),
                        "heights.ply"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).as("%s", Files.readString(said)).isZero();
        assertThat(Files.readString(said)).contains("254456 points, ");

        PointCloud heights = CloudFiles.read(folder.resolve("heights.ply"));
        assertThat(heights.size()).isEqualTo(254_456);
        assertThat(heights.column("height").values().floats())
                .isEqualTo(heights.column("z").values().floats());
    }
}
