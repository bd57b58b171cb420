package org.scenecontexts.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.LayoutEvidence;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.Weights;

/** Weights in every format, and lists of points, changed. */
class WeightsFuzzTest {

    /** Instructions and names of pickles. */
    private static final List<String> PICKLE = List.of(
            "cos\nsystem\n",
            "ccollections\nOrderedDict\n",
            "ctorch._utils\n_rebuild_tensor_v2\n",
            "cnumpy\ndtype\n",
            "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
            "X\u00ff\u00ff\u00ff\u007f",
            "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
            "R",
            "(",
            "t",
            "}",
            "]",
            "b",
            "s",
            "u",
            "e",
            "0",
            "2",
            "h\u0000",
            "q\u0000",
            ".",
            "N",
            "Q",
            "o",
            "\u0081",
            "\u0092",
            "J\u00ff\u00ff\u00ff\u007f");

    @TempDir
    Path folder;

    private static Weights weights() {
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        tensors.put("block1.0.conv1.kernel", NpArray.of(new float[27 * 2], 27, 1, 2));
        tensors.put("bn0.bn.weight", NpArray.of(new float[] {1, 2}, 2));
        tensors.put("bn0.bn.num_batches_tracked", NpArray.scalar(9L));
        tensors.put("empty", NpArray.of(new float[0], 0, 4));
        return new Weights(
                tensors, Optional.of(WeightLayout.MINKOWSKI_04), Map.of("arch", "Res16UNet14", "iteration", "3"));
    }

    private byte[] written(String name) throws IOException {
        Path file = folder.resolve(name);
        WeightFiles.write(file, weights());
        return Files.readAllBytes(file);
    }

    private static void read(Path file) {
        WeightFiles.metadata(file);
        Weights weights = WeightFiles.read(file);
        LayoutEvidence.of(weights);
    }

    @Test
    void safetensors() throws IOException {
        List<byte[]> seeds = List.of(written("seed.safetensors"));
        List<String> tokens = List.of(
                "\"bn0.bn.weight\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},",
                "\"z\":{\"dtype\":\"F32\",\"shape\":[0,4294967296],\"data_offsets\":[0,0]},",
                "\"z\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},",
                "[[[[[[[[[[",
                "\"__metadata__\":{\"kernel-layout\":\"x\"},",
                "[0,0]",
                "9223372036854775807");
        Mutations whole = new Mutations(seeds, tokens, 21);
        byte[] header = header(seeds.getFirst());
        Mutations inner = new Mutations(List.of(header), tokens, 22);
        new Fuzz("safetensors", folder, "w.safetensors", WeightsFuzzTest::read, CloudException.class)
                .run(
                        seeds,
                        number -> number % 3 == 0 ? whole.get(number) : headed(seeds.getFirst(), inner.get(number)));
    }

    private static byte[] header(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        return Arrays.copyOfRange(file, 8, 8 + length);
    }

    /** The file with another header, of which the length is right. */
    private static Mutations.Mutant headed(byte[] file, Mutations.Mutant header) {
        byte[] data = Arrays.copyOfRange(file, 8 + header(file).length, file.length);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + header.bytes().length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.bytes().length).put(header.bytes()).put(data);
        return new Mutations.Mutant(bytes.array(), "header: " + header.how());
    }

    @Test
    void pthZip() throws IOException {
        List<byte[]> seeds = List.of(written("seed.pth"));
        Mutations whole = new Mutations(seeds, PICKLE, 31);
        new Fuzz(".pth, zip", folder, "w.pth", WeightsFuzzTest::read, CloudException.class)
                .run(seeds, number -> Archives.mutant(seeds, whole, PICKLE, 31, number));
    }

    @Test
    void pthLegacy() throws IOException {
        List<byte[]> seeds = List.of(legacy(written("seed.pth")));
        new Fuzz(".pth, older format", folder, "w.pth", WeightsFuzzTest::read, CloudException.class)
                .run(seeds, new Mutations(seeds, PICKLE, 41)::get);
    }

    /** The format of PyTorch before 1.6: magic number, version, system facts, the pickle, its keys, the values. */
    private static byte[] legacy(byte[] zip) throws IOException {
        Map<String, byte[]> entries = Archives.entries(zip);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e" + "80024de9032e"));
        out.write(HexFormat.of().parseHex("80027d"));
        out.write(pickled("little_endian"));
        out.write(HexFormat.of().parseHex("88732e"));
        out.write(entries.get("archive/data.pkl"));
        List<String> keys = new ArrayList<>();
        for (int key = 0; entries.containsKey("archive/data/" + key); key++) {
            keys.add(Integer.toString(key));
        }
        out.write(HexFormat.of().parseHex("80025d28"));
        for (String key : keys) {
            out.write(pickled(key));
        }
        out.write(HexFormat.of().parseHex("652e"));
        for (String key : keys) {
            byte[] values = entries.get("archive/data/" + key);
            int width = key.equals("2") ? Long.BYTES : Float.BYTES;
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(values.length / width)
                    .array());
            out.write(values);
        }
        return out.toByteArray();
    }

    private static byte[] pickled(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(5 + ascii.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'X')
                .putInt(ascii.length)
                .put(ascii)
                .array();
    }

    @Test
    void pointLists() throws IOException {
        Map<String, long[]> lists = new LinkedHashMap<>();
        lists.put("scene0000_00", new long[] {1, 5, 9});
        lists.put("scene0001_00", new long[] {2});
        Path torch = folder.resolve("seed.pth");
        PointLists.write(torch, lists);
        Map<String, byte[]> entries = new LinkedHashMap<>(Archives.entries(Files.readAllBytes(torch)));
        // The same as lists of numbers, as people write them by hand.
        entries.put(
                "archive/data.pkl",
                "\u0080\u0002}X\u0001\u0000\u0000\u0000a](K\u0001J\u0005\u0000\u0000\u0000M\u0001\u0000es."
                        .getBytes(StandardCharsets.ISO_8859_1));
        List<byte[]> seeds = List.of(Files.readAllBytes(torch), Archives.pack(entries, false));
        Mutations whole = new Mutations(seeds, PICKLE, 51);
        new Fuzz("point lists, .pth", folder, "points.pth", PointLists::read, CloudException.class)
                .run(seeds, number -> Archives.mutant(seeds, whole, PICKLE, 51, number));
        Path numpy = folder.resolve("seed.npz");
        PointLists.write(numpy, lists);
        List<byte[]> archives = List.of(Files.readAllBytes(numpy));
        Mutations archive = new Mutations(archives, List.of(), 52);
        new Fuzz("point lists, .npz", folder, "points.npz", PointLists::read, CloudException.class)
                .run(archives, number -> Archives.mutant(archives, archive, List.of("<f8", "<U3", ">i8"), 52, number));
    }
}
