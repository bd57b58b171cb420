package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.Weights;
import picocli.CommandLine;

class WeightsCommandTest {

    private static final String KERNEL = "block1.0.conv1.kernel";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine csc =
            Main.commandLine(Host.system()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    private Path published;

    @BeforeEach
    void aPublishedFile() {
        float[] values = new float[27];
        for (int k = 0; k < 27; k++) {
            values[k] = 27 - k;
        }
        published = folder.resolve("published.pth");
        WeightFiles.write(
                published,
                new Weights(
                        Map.of(KERNEL, NpArray.of(values, 27, 1, 1)),
                        Optional.empty(),
                        Map.of("arch", "Res16UNet34C", "iteration", "7")));
    }

    @Test
    void showNamesTensorsMetadataAndTheLikelyLayout() {
        assertThat(csc.execute("weights", "show", published.toString())).isZero();

        assertThat(out.toString())
                .contains("1 tensors, 27 values, 27 of them trained")
                .contains("tensors: 'state_dict' (1 tensors) taken")
                .contains(KERNEL + "  float32  [27, 1, 1]")
                .contains("not recorded; likely minkowski-0.4")
                .contains("arch: Res16UNet34C");
    }

    @Test
    void convertReordersKernelsAndRecordsTheLayout() {
        Path to = folder.resolve("ours.safetensors");

        assertThat(csc.execute(
                        "weights",
                        "convert",
                        published.toString(),
                        to.toString(),
                        "--from-layout=minkowski-0.4",
                        "--layout=minkowski-0.5"))
                .isZero();

        Weights written = WeightFiles.read(to);
        assertThat(written.layout()).contains(WeightLayout.MINKOWSKI_05);
        assertThat(written.tensors().get(KERNEL).floats()[13]).isEqualTo(27);
        assertThat(out.toString()).contains("kernel layout minkowski-0.5");
    }

    @Test
    void anUnknownLayoutIsAskedForAndNothingIsWritten() {
        Path to = folder.resolve("ours.pth");

        assertThat(csc.execute("weights", "convert", published.toString(), to.toString(), "--layout=spconv"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--from-layout").contains("minkowski-0.4");
        assertThat(Files.exists(to)).isFalse();
    }

    @Test
    void aLayoutThatContradictsTheFileIsRefused() {
        Path ours = folder.resolve("ours.pth");
        WeightFiles.write(ours, WeightFiles.read(published).in(WeightLayout.MINKOWSKI_05));

        assertThat(csc.execute(
                        "weights", "convert", ours.toString(), published.toString(), "--from-layout=minkowski-0.4"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("records the kernel layout minkowski-0.5");
    }

    @Test
    void aFileThatIsNoWeightsIsAnErrorThatNamesIt() {
        assertThat(csc.execute("weights", "show", folder.resolve("none.pth").toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("none.pth").contains("no such file");
    }

    @Test
    void aWrongLayoutNameListsTheRightOnes() {
        assertThat(csc.execute("weights", "convert", "a.pth", "b.pth", "--layout=minkowski"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("minkowski-0.4, minkowski-0.5, spconv");
    }
}
