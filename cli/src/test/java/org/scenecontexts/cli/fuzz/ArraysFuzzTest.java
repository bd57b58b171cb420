package org.scenecontexts.cli.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;

/** NumPy's files, changed. */
class ArraysFuzzTest {

    private static final List<String> TOKENS = List.of(
            "(1000000000,)", "'descr': '|O'", "<U999999999", "(4294967296, 4294967296)", "True", ">f8", "|S2147483647");

    @TempDir
    Path folder;

    private static List<NpArray> arrays() {
        return List.of(
                NpArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                NpArray.of(new double[] {1, 2, 3, 4}, 4),
                NpArray.of(new long[] {1, 2, 3, 4}, 2, 1, 2),
                NpArray.of(new float[] {1, 2}, 2).as(ArrayElement.FLOAT16),
                NpArray.scalar(7L));
    }

    @Test
    void npy() throws IOException {
        List<byte[]> seeds = new java.util.ArrayList<>();
        for (NpArray array : arrays()) {
            Path file = folder.resolve("seed.npy");
            Npy.write(file, array);
            seeds.add(Files.readAllBytes(file));
        }
        new Fuzz("NPY", folder, "a.npy", file -> Npy.read(file), CloudException.class)
                .run(seeds, new Mutations(seeds, TOKENS, 11)::get);
    }

    @Test
    void npz() throws IOException {
        Map<String, NpArray> all = Map.of("a", arrays().get(0), "b", arrays().get(1), "c", arrays().get(4));
        Path file = folder.resolve("seed.npz");
        Npz.write(file, all);
        byte[] plain = Files.readAllBytes(file);
        Npz.writeCompressed(file, all);
        List<byte[]> seeds = List.of(plain, Files.readAllBytes(file));
        Mutations whole = new Mutations(seeds, List.of(), 12);
        new Fuzz("NPZ", folder, "a.npz", Npz::readAll, CloudException.class)
                .run(seeds, number -> Archives.mutant(seeds, whole, TOKENS, 12, number));
    }
}
