package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/** What pickles and containers can say, made by hand. */
class TorchFileTest {

    private static final float[] SIX = {1, 2, 3, 4, 5, 6};

    @TempDir
    Path folder;

    private TorchValue root(Pickles pickle, Map<String, byte[]> storages) {
        return TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), storages))
                .root();
    }

    private TorchTensor tensor(String storage, long elements, long offset, long[] size, long[] stride, byte[] bytes) {
        Pickles pickle = Pickles.protocol(2).tensor(storage, "0", elements, offset, size, stride);
        return (TorchTensor) root(pickle, Map.of("0", bytes));
    }

    @Test
    void aTransposedTensorIsPutIntoCOrder() {
        TorchTensor tensor = tensor("FloatStorage", 6, 0, new long[] {3, 2}, new long[] {1, 3}, Pickles.floats(SIX));

        assertThat(tensor.isContiguous()).isFalse();
        assertThat(tensor.floats()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void aViewStartsAtItsOffsetAndMayRepeatValues() {
        TorchTensor tensor = tensor("FloatStorage", 6, 2, new long[] {2, 3}, new long[] {1, 0}, Pickles.floats(SIX));

        assertThat(tensor.floats()).containsExactly(3, 3, 3, 4, 4, 4);
    }

    @Test
    void scalarsAndEmptyTensorsAreTensorsToo() {
        assertThat(tensor("FloatStorage", 1, 0, new long[0], new long[0], Pickles.floats(7))
                        .floats())
                .containsExactly(7);
        TorchTensor empty = tensor("FloatStorage", 0, 0, new long[] {0, 3}, new long[] {3, 1}, new byte[0]);
        assertThat(empty.shape()).containsExactly(0, 3);
        assertThat(empty.floats()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HalfStorage, float16, 003e, 1.5",
        "BFloat16Storage, bfloat16, c03f, 1.5",
        "FloatStorage, float32, 0000c03f, 1.5",
        "DoubleStorage, float64, 000000000000f83f, 1.5",
        "LongStorage, int64, feffffffffffffff, -2",
        "IntStorage, int32, feffffff, -2",
        "ShortStorage, int16, feff, -2",
        "CharStorage, int8, fe, -2",
        "ByteStorage, uint8, fe, 254",
        "BoolStorage, bool, 01, 1"
    })
    void everyElementTypeIsDecoded(String storage, String type, String hex, double expected) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);

        TorchTensor tensor = tensor(storage, 1, 0, new long[] {1}, new long[] {1}, bytes);

        assertThat(tensor.type()).hasToString(type);
        assertThat(tensor.doubles()).containsExactly(expected);
        assertThat(tensor.floats()).containsExactly((float) expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = ArrayElement.class,
            names = {"TEXT", "UINT16", "UINT32", "UINT64"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyElementTypeSurvivesARoundTrip(ArrayElement type) {
        NpArray array = NpArray.of(new int[] {0, 1, 1, 0, 1, 1}, 2, 3).as(type);
        Path file = folder.resolve("t.pth");

        TorchWriter.write(file, TorchTensor.of(array));

        TorchTensor read = (TorchTensor) TorchFile.read(file).root();
        assertThat(read.shape()).containsExactly(2, 3);
        assertThat(read.type().name()).isEqualTo(type.name());
        assertThat(read.doubles()).containsExactly(0, 1, 1, 0, 1, 1);
    }

    @Test
    void tensorsThatShareAStorageStillDoAfterARoundTrip() {
        Pickles pickle = Pickles.protocol(2)
                .tensor("FloatStorage", "0", 6, 0, new long[] {6}, new long[] {1})
                .tensor("FloatStorage", "0", 6, 3, new long[] {3}, new long[] {1})
                .op(0x86);
        TorchValue root = root(pickle, Map.of("0", Pickles.floats(SIX)));
        Path copy = folder.resolve("copy.pth");

        TorchWriter.write(copy, root);

        var items = ((TorchValue.Sequence) TorchFile.read(copy).root()).items();
        TorchTensor whole = (TorchTensor) items.get(0);
        TorchTensor half = (TorchTensor) items.get(1);
        assertThat(whole.sharesStorageWith(half)).isTrue();
        assertThat(half.floats()).containsExactly(4, 5, 6);
        assertThat(copy.toFile().length()).isLessThan(1500);
    }

    @Test
    void deflatedArchivesAreReadToo() {
        byte[] pickle = Pickles.protocol(2)
                .tensor("FloatStorage", "0", 6, 2, new long[] {3}, new long[] {1})
                .stop();
        Path file = Pickles.zip(
                folder.resolve("t.pth"), ZipEntry.DEFLATED, Pickles.entries(pickle, Map.of("0", Pickles.floats(SIX))));

        assertThat(((TorchTensor) TorchFile.read(file).root()).floats()).containsExactly(3, 4, 5);
    }

    @Test
    void protocol4WithFramesAndShortNamesIsRead() {
        Pickles body = new Pickles().op('}', 0x94, '(', 0x8c, 1).raw("a").op(0x94);
        body.op(0x8c, 11).raw("collections").op(0x8c, 11).raw("OrderedDict").op(0x93, ')', 'R', 0x94);
        body.op(0x8c, 1).raw("b").op('h', 2, 'u');
        byte[] bytes = body.stop();
        Pickles pickle = Pickles.protocol(4).op(0x95).i8(bytes.length).raw(bytes);
        Path file = Pickles.zip(folder.resolve("t.pth"), cut(pickle.stop()), Map.of());

        TorchValue.Dict root = (TorchValue.Dict) TorchFile.read(file).root();

        assertThat(root.get("a"))
                .hasValueSatisfying(
                        v -> assertThat(((TorchValue.Dict) v).ordered()).isTrue());
        assertThat(root.get("b")).isEqualTo(root.get("a"));
    }

    private static byte[] cut(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }

    @Test
    void numpyScalarsBecomeNumbersAndEmptyArraysStayArrays() {
        Pickles pickle = Pickles.protocol(2).global("numpy.core.multiarray", "scalar");
        dtype(pickle, "f8", "<")
                .op('C', 8)
                .raw(Pickles.little(8).putDouble(0, 2.5).array())
                .op(0x86, 'R');
        pickle.global("numpy.core.multiarray", "_reconstruct")
                .global("numpy", "ndarray")
                .number(0)
                .op(0x85, 'C', 1, 'b');
        pickle.op(0x87, 'R', '(').number(1).tuple(0, 3);
        dtype(pickle, "i8", "<").op(0x89).global("__builtin__", "bytes").op(')', 'R', 't', 'b', 0x86);

        var items = ((TorchValue.Sequence) root(pickle, Map.of())).items();

        assertThat(items.get(0)).isEqualTo(new TorchValue.Real(2.5));
        assertThat(((TorchArray) items.get(1)).array().shape()).containsExactly(0, 3);
    }

    private static Pickles dtype(Pickles pickle, String code, String order) {
        pickle.global("numpy", "dtype")
                .text(code)
                .op(0x89, 0x88, 0x87, 'R', '(')
                .number(3)
                .text(order);
        return pickle.op('N', 'N', 'N').number(-1).number(-1).number(0).op('t', 'b');
    }

    @Test
    void parametersAndDevicesAndElementTypesBecomeData() {
        Pickles pickle = Pickles.protocol(2).global("torch._utils", "_rebuild_parameter");
        pickle.tensor("FloatStorage", "0", 6, 0, new long[] {6}, new long[] {1}).op(0x88, 'N', 0x87, 'R');
        pickle.global("torch", "device").text("cuda").number(1).op(0x86, 'R');
        pickle.global("torch", "float32").op(0x87);

        var items = ((TorchValue.Sequence) root(pickle, Map.of("0", Pickles.floats(SIX)))).items();

        assertThat(((TorchTensor) items.get(0)).floats()).containsExactly(SIX);
        assertThat(items.get(1)).isEqualTo(new TorchValue.Text("cuda:1"));
        assertThat(items.get(2)).isEqualTo(new TorchValue.Text("torch.float32"));
    }

    @Test
    void viewsOfTheOldestFilesLieInsideTheirStorage() {
        Pickles pickle =
                Pickles.protocol(2).global("torch._utils", "_rebuild_tensor").op('(', '(');
        pickle.text("storage")
                .global("torch", "FloatStorage")
                .text("7")
                .text("cuda:0")
                .number(6);
        pickle.op('(')
                .text("8")
                .number(2)
                .number(4)
                .op('t', 't', 'Q')
                .number(1)
                .tuple(3)
                .tuple(1)
                .op('t', 'R');
        Path file =
                Pickles.legacy(folder.resolve("t.pth"), pickle.stop(), Map.of("7", Pickles.floats(SIX)), Float.BYTES);

        assertThat(((TorchTensor) TorchFile.read(file).root()).floats()).containsExactly(4, 5, 6);
    }

    @Test
    void aDamagedStorageIsFoundWhenItIsRead() throws Exception {
        byte[] pickle = Pickles.protocol(2)
                .tensor("FloatStorage", "0", 6, 1, new long[] {3}, new long[] {1})
                .stop();
        Path file = Pickles.zip(folder.resolve("t.pth"), pickle, Map.of("0", Pickles.floats(SIX)));
        TorchTensor tensor = (TorchTensor) TorchFile.read(file).root();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length - 4; i++) {
            if (bytes[i + 2] == (byte) 0xc0 && bytes[i + 3] == 0x40) {
                bytes[i + 2] ^= 1;
                break;
            }
        }
        Files.write(file, bytes);

        assertThatThrownBy(tensor::floats)
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("t.pth")
                .hasMessageContaining("checksum");
    }

    @Test
    void stateDictsAreFoundAndLoseTheirPrefixes() {
        TorchTensor tensor = TorchTensor.of(SIX, 6);
        Path file = folder.resolve("t.pth");
        TorchWriter.write(
                file,
                TorchValue.Dict.of(
                        Map.of("state_dict", TorchValue.Dict.ordered(Map.of("module.encoder.bn0.bn.weight", tensor)))));

        assertThat(StateDicts.of(TorchFile.read(file))).containsOnlyKeys("bn0.bn.weight");
    }

    @Test
    void aFileWithoutAStateDictSaysWhatItHolds() {
        Path file = folder.resolve("t.pth");
        TorchWriter.write(file, TorchValue.Dict.of(Map.of("epoch", new TorchValue.Int(3))));

        assertThatThrownBy(() -> StateDicts.of(TorchFile.read(file)))
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("t.pth")
                .hasMessageContaining("epoch")
                .hasMessageContaining("model.state_dict()");
    }
}
