package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.testing.Commands;

/**
 * The instructions that no processor runs, and which other tests emulate, are at least what a compiler for NVIDIA's cards takes:
 * clang translates the kernels to PTX. Skipped where there is no clang for PTX.
 */
class MatrixInstructionsTest {

    private static final List<String> NAMES =
            List.of("clang", "clang-15", "clang-16", "clang-17", "clang-18", "clang-19");

    private static String clang;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findClang() {
        clang = NAMES.stream()
                .filter(MatrixInstructionsTest::translates)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("no clang that translates to PTX (package clang)"));
    }

    private static boolean translates(String name) {
        return Commands.isThere(name)
                && Commands.run(Path.of("."), List.of(name, "--print-targets")).contains("nvptx64");
    }

    private static String text(Class<?> beside, String file) throws IOException {
        try (InputStream source = beside.getResourceAsStream(file)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The kernels of a source in PTX. */
    private String ptx(Operands operands, String source, String... constants) throws IOException {
        Path file = folder.resolve("kernels.cl");
        Path out = folder.resolve("kernels.ptx");
        Files.writeString(
                file,
                text(ResidentEngine.class, "prelude.cl") + text(ResidentEngine.class, "groups.cl") + "#define MATRIX_"
                        + operands + "\n" + text(ResidentEngine.class, "matrix.cl") + source);
        List<String> command = new ArrayList<>(List.of(clang, "-x", "cl", "-cl-std=CL1.2", "-O2", "-S"));
        command.addAll(List.of("--target=nvptx64-nvidia-nvcl", "-Xclang", "-target-cpu", "-Xclang", "sm_80"));
        command.addAll(List.of("-Xclang", "-target-feature", "-Xclang", "+ptx72"));
        command.addAll(List.of("-Xclang", "-finclude-default-header", "-Wno-unused"));
        command.add("-DPACKS=1");
        for (String constant : constants) {
            command.add("-D" + constant);
        }
        command.addAll(List.of("-o", out.toString(), file.toString()));
        assertThat(Commands.run(folder, command)).doesNotContain("error:");
        return Files.readString(out);
    }

    private static int count(String ptx, String instruction) {
        return ptx.split(Pattern.quote(instruction), -1).length - 1;
    }

    /** Fragments that are arrays in the source have to be registers. */
    private static void requireRegisters(String ptx) {
        assertThat(ptx).doesNotContain("__local_depot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TF32", "BF16"})
    void convolutionsAndProductsAreInstructionsOfMatrixUnits(Operands operands) throws IOException {
        String shape = operands == Operands.BF16 ? "m16n8k16.row.col.f32.bf16" : "m16n8k8.row.col.f32.tf32";

        // 2 x 6 pieces of a warp, 2 steps of 8 words in a stage.
        String sum = ptx(operands, text(MatrixConv.class, "matrix.cl"), "BM=128", "BN=96", "STAGES=2", "AHEAD=0");
        assertThat(count(sum, "mma.sync.aligned." + shape)).isEqualTo(2 * 6 * 2);
        assertThat(count(sum, "ldmatrix.sync.aligned.m8n8.x4.shared.b16")).isEqualTo(2 * 2);
        assertThat(sum).contains("cp.async.cg.shared.global", "cp.async.wait_group 0");
        requireRegisters(sum);

        // 3 x 4 pieces of a warp, 2 steps.
        String weights = ptx(
                operands,
                text(MatrixConv.class, "matrix.cl"),
                "DM=96",
                "DN=128",
                "WM=2",
                "WN=4",
                "STAGES=3",
                "AHEAD=1");
        assertThat(count(weights, "mma.sync.aligned." + shape)).isEqualTo(3 * 4 * 2);
        assertThat(count(weights, ".x4.trans.")).isEqualTo(operands == Operands.BF16 ? 3 * 2 : 0);
        assertThat(weights).contains("cp.async.wait_group 1");
        requireRegisters(weights);

        // 2 x 4 pieces of a warp, 2 steps.
        String product =
                ptx(operands, text(ResidentEngine.class, "dense/matrixproducts.cl"), "BN=64", "STAGES=4", "AHEAD=2");
        assertThat(count(product, "mma.sync.aligned." + shape)).isEqualTo(2 * 4 * 2);
        requireRegisters(product);
        assertThat(count(sum, "cvt.rna.tf32.f32")).isEqualTo(operands == Operands.TF32 ? 2 * 2 * 4 : 0);
    }
}
