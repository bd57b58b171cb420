package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Names that are not on the list of known data types: of each the name is kept, and nothing of it is ever run. */
class UnknownObjectsTest {

    private static final String MARKER = "csc-unknown-object-ran";
    private static final byte[] FOUR = Pickles.floats(1, 2, 3, 4);

    @TempDir
    Path folder;

    private static Pickles p() {
        return Pickles.protocol(2);
    }

    private static Pickles call(String module, String name) {
        return p().global(module, name).text("touch " + MARKER).op(0x85, 'R');
    }

    private static Map<String, Pickles> calls() {
        Map<String, Pickles> calls = new LinkedHashMap<>();
        calls.put("os.system", call("os", "system"));
        calls.put("posix.system", call("posix", "system"));
        calls.put("subprocess.Popen", call("subprocess", "Popen"));
        calls.put("builtins.eval", call("builtins", "eval"));
        calls.put("__builtin__.exec", call("__builtin__", "exec"));
        calls.put("builtins.getattr", call("builtins", "getattr"));
        calls.put("java.lang.ProcessBuilder", call("java.lang", "ProcessBuilder"));
        calls.put("torch.load", call("torch", "load"));
        calls.put("java.lang.Runtime", p().global("java.lang", "Runtime").op(')', 0x81));
        calls.put(
                "org.scenecontexts.io.torch.TorchWriter",
                p().global("org.scenecontexts.io.torch", "TorchWriter").op(')', 'R'));
        calls.put(
                "torch.nn.modules.linear.Linear",
                p().global("torch.nn.modules.linear", "Linear").op(')', 0x81));
        calls.put("os.popen", p().text("os").text("popen").op(0x93).text("ls").op(0x85, 'R'));
        calls.put("collections.OrderedDict.__init__", p().global("collections", "OrderedDict.__init__"));
        calls.put("os.execv", p().op('(').text("touch " + MARKER).op('i').raw("os\nexecv\n"));
        calls.put("os.spawn", p().op('(').global("os", "spawn").text("x").op('o'));
        calls.put("a.Keyword", p().global("a", "Keyword").op(')', '}', 0x92));
        calls.put(
                "copyreg's class a.B",
                p().global("copyreg", "_reconstructor").global("a", "B").op('N', 'N', 0x87, 'R'));
        calls.put("NumPy's type 'O8'", p().global("numpy", "dtype").text("O8").op(0x89, 0x88, 0x87, 'R'));
        calls.put("NumPy's type 'V16'", p().global("numpy", "dtype").text("V16").op(0x89, 0x88, 0x87, 'R'));
        calls.put("torch.ComplexFloatStorage", p().storage("ComplexFloatStorage", "0", 2));
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> eachIsAnObjectOfWhichOnlyTheNameIsKnown() {
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    String type = call.getKey().replace("copyreg's class ", "");
                    byte[] pickle = call.getValue().stop();
                    TorchFile zip = TorchFile.read(Pickles.zip(folder.resolve("zip.pth"), pickle, Map.of("0", FOUR)));

                    assertThat(zip.root()).isInstanceOf(TorchValue.Opaque.class).hasToString("an object of " + type);
                    assertThatThrownBy(() -> StateDicts.of(zip))
                            .isInstanceOf(TorchFormatException.class)
                            .hasMessageContaining("an object of " + type)
                            .hasMessageContaining("save model.state_dict()");
                    assertThat(Path.of(MARKER)).doesNotExist();
                }));
    }

    @Test
    void theOlderFormatKeepsTheirNamesToo() {
        Path file = Pickles.legacy(folder.resolve("t.pth"), call("os", "system").stop(), Map.of(), Float.BYTES);

        assertThat(TorchFile.read(file).root()).hasToString("an object of os.system");
        assertThat(Path.of(MARKER)).doesNotExist();
    }

    @Test
    void tensorsBesideThemAreFoundAndTheyAreNamed() {
        Pickles pickle = p().op('}', '(')
                .text("hyper_parameters")
                .global("omegaconf.dictconfig", "DictConfig")
                .op(')', 0x81, '}')
                .text("_content")
                .op('N', 's', 'b')
                .text("state_dict")
                .op('}')
                .text("model.bn.weight");
        pickle.tensor("FloatStorage", "0", 4, 0, new long[] {4}, new long[] {1}).op('s', 'u');
        TorchFile file = TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of("0", FOUR)));

        StateDicts.Found found = StateDicts.find(file, java.util.Optional.empty(), true);

        assertThat(found.tensors()).containsOnlyKeys("bn.weight");
        assertThat(found.prefix()).isEqualTo("model.");
        assertThat(found.remarks())
                .containsExactly(
                        "'state_dict' (1 tensors) taken",
                        "objects of other programs are left unread, nothing of them was run: omegaconf.dictconfig.DictConfig",
                        "'model.' dropped from the names of its tensors");
    }

    @Test
    void aNetworkThatWasSavedWholeGivesItsStateDict() {
        Pickles pickle = p().global("net", "Outer").op(')', 0x81, '}', '(').text("_parameters");
        pickle.op('}').text("_buffers").op('}').text("_modules").op('}').text("conv");
        pickle.global("net", "Inner")
                .op(')', 0x81, '}', '(')
                .text("_parameters")
                .op('}')
                .text("weight");
        pickle.tensor("FloatStorage", "0", 4, 0, new long[] {2, 2}, new long[] {2, 1})
                .op('s');
        pickle.text("_buffers").op('}', '(').text("mean");
        pickle.tensor("FloatStorage", "0", 4, 0, new long[] {2}, new long[] {1});
        pickle.text("passing")
                .tensor("FloatStorage", "0", 4, 0, new long[] {2}, new long[] {1})
                .op('u');
        pickle.text("_non_persistent_buffers_set")
                .global("builtins", "set")
                .op(']')
                .text("passing");
        pickle.op('a', 0x85, 'R').text("_modules").op('}', 'u', 'b', 's', 'u', 'b');
        TorchFile file = TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of("0", FOUR)));

        StateDicts.Found found = StateDicts.find(file, java.util.Optional.empty(), true);

        assertThat(found.tensors()).containsOnlyKeys("conv.weight", "conv.mean");
        assertThat(found.remarks())
                .containsExactly("the whole file (2 tensors of a network saved whole, net.Outer) taken");
    }

    @Test
    void anObjectThatRefersToItselfIsNoDangerAndNoError() {
        Pickles pickle = p().op('}', '(').text("config").global("a", "Node").op(')', 0x81, 'q', 9, '}');
        pickle.text("_parent").op('h', 9, 's', 'b').text("weight");
        pickle.tensor("FloatStorage", "0", 4, 0, new long[] {4}, new long[] {1}).op('u');
        TorchFile file = TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of("0", FOUR)));

        assertThat(StateDicts.of(file)).containsOnlyKeys("weight");
    }

    @Test
    void keysThatAreNoPlainValuesAreKeptApart() {
        Pickles pickle = p().op('}', '(').tuple(1, 2).op('N').tuple(1, 2).op('N');
        pickle.global("a", "Enum").op(')', 'R', 'N').text("x").op('N', 'u');

        TorchValue.Dict dict =
                (TorchValue.Dict) TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of()))
                        .root();

        assertThat(dict.entries()).hasSize(4);
        assertThat(dict.get("x")).isPresent();
    }

    @Test
    void theirNamesCannotSteerATerminalNorFillAMessage() {
        Pickles pickle = p().text("os\u001b[2J").text("s".repeat(400)).op(0x93);

        assertThat(TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of()))
                        .root()
                        .toString())
                .startsWith("an object of os\\x1b[2J.sss")
                .hasSizeLessThan(100);
    }

    @Test
    void millionsOfThemAreRefused() {
        Pickles pickle = p().global("a", "B").op('q', 0, ')', 'q', 1, '(');
        byte[] call = {'h', 0, 'h', 1, 'R'};
        for (int i = 0; i < 2_100_000; i++) {
            pickle.raw(call);
        }
        Path file = Pickles.zip(folder.resolve("t.pth"), pickle.op('t').stop(), Map.of());

        assertThatThrownBy(() -> TorchFile.read(file))
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("2000000");
    }

    @Test
    void valuesPrintAsAReaderWouldCallThem() {
        assertThat(List.of(
                                new TorchValue.Text("a"),
                                new TorchValue.Int(3),
                                new TorchValue.Real(0.5),
                                new TorchValue.Bool(true),
                                new TorchValue.None(),
                                new TorchValue.BigInt(java.math.BigInteger.TWO.pow(70)),
                                new TorchValue.Sequence(TorchValue.Sequence.Kind.TUPLE, List.of(new TorchValue.None())),
                                TorchValue.Dict.of(Map.of("k", new TorchValue.None())),
                                TorchValue.Dict.of(Map.of()))
                        .toString())
                .isEqualTo(
                        "['a', 3, 0.5, True, None, an integer of 71 bits, a tuple of 1 items, a dictionary of 1 entries"
                                + " ('k'), an empty dictionary]");
    }
}
