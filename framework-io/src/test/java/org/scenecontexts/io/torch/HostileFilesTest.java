package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, lie about themselves, or want to run something. */
class HostileFilesTest {

    private static final long MAX_ALLOCATED = 64L << 20;
    private static final long SECOND = 1_000_000_000L;
    private static final String MARKER = "csc-hostile-pickle-ran";
    private static final byte[] FOUR = Pickles.floats(1, 2, 3, 4);

    @TempDir
    Path folder;

    /** A file and a word that the message must hold. */
    private record Case(String name, Path file, String word) {}

    private final List<Case> cases = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> eachGivesAClearErrorAtOnceAndRunsNothing() {
        callsOutOfPlace();
        instructionsOutOfPlace();
        absurdLengths();
        lyingTensors();
        treesWithoutEnd();
        numpyOddities();
        archives();
        olderFormat();
        truncated();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(50);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private static void check(Case c) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        // Time of the processor, not of the clock: other processes do not count.
        long start = threads.getCurrentThreadCpuTime();

        Throwable thrown = catchThrowable(() -> Trees.readAll(c.file()));

        long nanos = threads.getCurrentThreadCpuTime() - start;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(thrown)
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining(c.file().toString())
                .hasMessageContaining(c.word())
                .hasMessageMatching("(?s).*: .*: .*; .+");
        assertThat(thrown.getMessage()).hasSizeLessThan(1000);
        assertThat(nanos).isLessThan(SECOND);
        assertThat(allocated).isLessThan(MAX_ALLOCATED);
        assertThat(Path.of(MARKER)).doesNotExist();
    }

    private Path next() {
        return folder.resolve("case" + cases.size() + ".pth");
    }

    private void pickle(String name, String word, Pickles pickle) {
        cases.add(new Case(name, Pickles.zip(next(), pickle.stop(), Map.of("0", FOUR)), word));
    }

    private void callsOutOfPlace() {
        pickle("OBJ", "OBJ", p().op('(').global("collections", "OrderedDict").op('o'));
        pickle(
                "NEWOBJ_EX",
                "NEWOBJ_EX",
                p().global("collections", "OrderedDict").op(')', '}', 0x92));
        pickle("calling text", "a call of", p().text("os.system").text("x").op(0x85, 'R'));
        pickle(
                "calling an element type",
                "is called with",
                p().global("torch", "float32").op(')', 'R'));
        pickle("state for a tensor", "has none", tensor("0", 4, 0, 4, 1).op('}', 'b'));
        pickle("state for a name", "has none", p().global("numpy", "ndarray").op('}', 'b'));
    }

    private void instructionsOutOfPlace() {
        pickle("unknown instruction", "0xff", p().op(0xff));
        pickle("extension registry", "EXT", p().op(0x82, 1));
        pickle("out-of-band buffer", "NEXT_BUFFER", p().op(0x97));
        pickle("persistent id as a line", "PERSID", p().op('P').raw("0\n"));
        pickle("persistent id of a number", "persistent id", p().number(3).op('Q'));
        pickle(
                "persistent module",
                "persistent id",
                p().op('(').text("module").text("x").text("y").op('t', 'Q'));
        pickle("protocol 9", "protocol 9", Pickles.protocol(9).op('N'));
        pickle("empty stack", "stack", p());
        pickle("missing mark", "mark", p().op('t'));
        pickle("memo never set", "memo 7", p().op('h', 7));
        pickle("odd number of items", "even number", p().op('}', '(', 'N', 'u'));
        pickle("a list for a key", "dictionary key", p().op('}', ']', 'N', 's'));
        pickle("appending to a tuple", "appended to a tuple", p().op(')', 'N', 'a'));
        pickle("bytes after the end", "follow the end", p().op('N', '.', 'N'));
        pickle("broken UTF-8", "UTF-8", p().op('X').i4(1).op(0xff));
    }

    private void absurdLengths() {
        pickle(
                "text of 2 GB",
                "2147483647 bytes",
                p().op('X').i4(Integer.MAX_VALUE).raw("ab"));
        pickle("text of 4 GB", "4294967295 bytes", p().op('X').i4(-1).raw("ab"));
        pickle("text of 2^62", "bytes should follow", p().op(0x8d).i8(1L << 62).raw("ab"));
        pickle("bytes of 2^40", "bytes should follow", p().op(0x8e).i8(1L << 40).raw("ab"));
        pickle(
                "byte array below zero",
                "bytes should follow",
                p().op(0x96).i8(-1).raw("ab"));
        pickle(
                "byte string below zero",
                "bytes should follow",
                p().op('T').i4(-5).raw("ab"));
        pickle(
                "frame of 2^62",
                "a frame of",
                Pickles.protocol(4).op(0x95).i8(1L << 62).op('N'));
        pickle("integer of 1 GB", "an integer of", p().op(0x8b).i4(1 << 30).raw("ab"));
        pickle("name without an end", "more than 512", p().op('c').raw("x".repeat(100_000)));
    }

    private void lyingTensors() {
        pickle("storage that is not there", "no entry", tensor("9", 4, 0, 4, 1));
        pickle("storage outside the archive", "no entry", tensor("../../../etc/passwd", 4, 0, 4, 1));
        pickle("wrong count", "the pickle declares 5", tensor("0", 5, 0, 4, 1));
        pickle("count of 2^60", "1152921504606846976 elements", tensor("0", 1L << 60, 0, 4, 1));
        pickle("count below zero", "-4 elements", tensor("0", -4, 0, 4, 1));
        pickle("offset too far", "needs element 4", tensor("0", 4, 1, 4, 1));
        pickle("offset below zero", "needs element", tensor("0", 4, -1, 1, 1));
        pickle("stride too far", "needs element 6", tensor("0", 4, 0, 4, 2));
        pickle("stride below zero", "stride 0 is the number -1", tensor("0", 4, 3, 4, -1));
        pickle("stride that overflows", "needs element", tensor("0", 4, 0, 4, Long.MAX_VALUE));
        pickle("size of 2^40", "size 1099511627776", tensor("0", 4, 0, 1L << 40, 0));
        pickle("a storage shown as gigabytes", "do not trust", tensor("0", 4, 0, 1L << 30, 0));
        pickle(
                "sizes that overflow",
                "more elements",
                p().tensor("FloatStorage", "0", 4, 0, new long[] {1 << 30, 1 << 30, 1 << 30, 1 << 30}, new long[4]));
        pickle(
                "more sizes than strides",
                "2 sizes but 1",
                p().tensor("FloatStorage", "0", 4, 0, new long[] {2, 2}, new long[] {1}));
        pickle("rank 100", "rank 100", p().tensor("FloatStorage", "0", 4, 0, new long[100], new long[100]));
        Pickles types = tensor("0", 4, 0, 4, 1).tensor("IntStorage", "0", 4, 0, new long[] {4}, new long[] {1});
        pickle("one storage of two types", "float32 and as int32", types.op(0x86));
    }

    private void treesWithoutEnd() {
        pickle("list in itself", "contains itself", p().op(']', 'q', 0, 'h', 0, 'a'));
        pickle("dictionary in itself", "contains itself", p().op('}', 'q', 0, 'N', 'h', 0, 's'));
        pickle(
                "attribute in itself",
                "contains itself",
                p().global("collections", "OrderedDict")
                        .op(')', 'R', 'q', 0, '}')
                        .text("a")
                        .op('h', 0, 's', 'b'));
        Pickles deep = p();
        for (int i = 0; i < 100_000; i++) {
            deep.op(']');
        }
        for (int i = 0; i < 99_999; i++) {
            deep.op('a');
        }
        pickle("lists 100,000 deep", "deep", deep);
        Pickles laughs = p().op(']', 'N', 'a');
        for (int i = 0; i < 60; i++) {
            laughs.op('q', 0, '0', ']', '(', 'h', 0, 'h', 0, 'e');
        }
        pickle("a billion laughs", "repeat", laughs);
        Pickles copies = p().op(']', '(');
        for (int i = 0; i < 20_000; i++) {
            copies.op('N');
        }
        copies.op('e', 'q', 0, '0', '(');
        for (int i = 0; i < 20_000; i++) {
            copies.global("builtins", "set").op('h', 0, 0x85, 'R');
        }
        pickle("copies of a long list", "copied", copies.op('t'));
    }

    private void numpyOddities() {
        pickle("array without values", "left as a value", Pickles.array());
        pickle(
                "array of too few bytes",
                "needs 32 bytes, found 3",
                Pickles.array()
                        .op('(')
                        .number(1)
                        .tuple(4)
                        .global("numpy", "dtype")
                        .text("f8")
                        .op(0x89, 0x88, 0x87, 'R')
                        .op(0x89, 'C', 3)
                        .raw("abc")
                        .op('t', 'b'));
        pickle(
                "array of 2^62 bytes",
                "more elements",
                Pickles.array()
                        .op('(')
                        .number(1)
                        .tuple(1 << 30, 1 << 30)
                        .global("numpy", "dtype")
                        .text("f8")
                        .op(0x89, 0x88, 0x87, 'R')
                        .op(0x89, 'C', 3)
                        .raw("abc")
                        .op('t', 'b'));
        pickle(
                "bytes above 255",
                "above 255",
                p().global("_codecs", "encode").text("\u0100").text("latin1").op(0x86, 'R'));
        pickle(
                "another codec",
                "is called with",
                p().global("_codecs", "encode").text("a").text("zlib").op(0x86, 'R'));
    }

    private void archives() {
        byte[] good = tensor("0", 4, 0, 4, 1).stop();
        Map<String, byte[]> entries = Pickles.entries(good, Map.of("0", FOUR));
        archive("two pickles", "2 entries", with(entries, "b/data.pkl", good));
        archive("no pickle", "0 entries", Map.of("a/version", new byte[1]));
        archive("path out of the archive", "0 entries", Map.of("../../data.pkl", good));
        archive("TorchScript", "TorchScript", with(entries, "a/constants.pkl", good));
        archive("big endian", "'big'", with(entries, "a/byteorder", "big".getBytes(StandardCharsets.US_ASCII)));
        patched("duplicate names", "two entries", with(entries, "a/data/1", FOUR), "a/data/1", "a/data/0");
        patched("entry renamed in the directory", "differently", entries, "a/version", "a/versiox", true);

        byte[] zip = Pickles.bytes(Pickles.zip(next(), ZipEntry.STORED, entries));
        int directory = Pickles.last(zip, new byte[] {'P', 'K', 1, 2});
        flipped("entry longer than the file", "does not hold", zip, directory + 20, 0x7f000000);
        flipped("inflated size of 2 GB", "does not hold", zip, directory + 24, 0x7fffffff);
        flipped("entry outside the file", "does not hold", zip, directory + 42, 0x7fffffff);
        flipped("entries that overlap", "zip archive", zip, directory + 42, 0);
        flipped("encrypted entry", "encrypted", zip, directory + 8, 1);
        flipped("directory outside the file", "directory", zip, zip.length - 6, 0x7fffffff);
        flipped("more entries than bytes", "directory of", zip, zip.length - 12, 0x2fff2fff);
        int values = Pickles.find(zip, FOUR);
        flipped("values changed", "checksum", zip, values, 0x12345678);
        flipped("pickle changed", "checksum", zip, Pickles.find(zip, good) + 5, 0x12345678);

        byte[] bomb = Pickles.bytes(Pickles.zip(
                next(),
                ZipEntry.DEFLATED,
                Pickles.entries(tensor("0", 1 << 24, 0, 1 << 24, 1).stop(), Map.of("0", new byte[1 << 16]))));
        int entry =
                Pickles.find(bomb, new byte[] {'P', 'K', 1, 2}, Pickles.find(bomb, new byte[] {'P', 'K', 1, 2}) + 4);
        flipped("bomb", "does not hold", bomb, entry + 24, 1 << 26);
    }

    private void olderFormat() {
        byte[] good = tensor("0", 4, 0, 4, 1).stop();
        byte[] legacy = Pickles.bytes(Pickles.legacy(next(), good, Map.of("0", FOUR), Float.BYTES));
        flipped("another magic number", "magic number", legacy, 4, 0);
        flipped("another version", "version 1001", legacy, 18, 0x2e03e8);
        flipped("count that differs", "elements at byte", legacy, legacy.length - 24, 5);
        flipped("count of 2^31", "elements at byte", legacy, legacy.length - 24, 0x7fffffff);
        cases.add(new Case(
                "values missing", Pickles.write(next(), Arrays.copyOf(legacy, legacy.length - 4)), "needs 16 bytes"));
        cases.add(new Case(
                "bytes too many", Pickles.write(next(), Arrays.copyOf(legacy, legacy.length + 4)), "end at byte"));
        byte[] huge = tensor("0", 1L << 50, 0, 4, 1).stop();
        cases.add(new Case(
                "storage of 2^50", Pickles.legacy(next(), huge, Map.of("0", FOUR), Float.BYTES), "more than the file"));
        cases.add(new Case(
                "key never named",
                Pickles.legacy(next(), good, Map.of("1", FOUR), Float.BYTES),
                "unknown or repeated"));
        byte[] run =
                p().global("os", "system").text("touch " + MARKER).op(0x85, 'R').stop();
        cases.add(new Case("a bare pickle that runs code", Pickles.write(next(), run), "magic number"));
    }

    private void truncated() {
        byte[] good = tensor("0", 4, 0, 4, 1).stop();
        byte[] zip = Pickles.bytes(Pickles.zip(next(), good, Map.of("0", FOUR)));
        byte[] legacy = Pickles.bytes(Pickles.legacy(next(), good, Map.of("0", FOUR), Float.BYTES));
        for (int eighths = 0; eighths < 8; eighths++) {
            byte[] lessZip = Arrays.copyOf(zip, zip.length * eighths / 8);
            cases.add(new Case("zip cut at " + eighths + "/8", Pickles.write(next(), lessZip), ""));
            byte[] lessLegacy = Arrays.copyOf(legacy, legacy.length * eighths / 8);
            cases.add(new Case("older format cut at " + eighths + "/8", Pickles.write(next(), lessLegacy), ""));
        }
        byte[] tar = new byte[512];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        cases.add(new Case("tar", Pickles.write(next(), tar), "tar archive"));
        cases.add(new Case("no file", folder.resolve("absent.pth"), "no such file"));
    }

    private static Pickles p() {
        return Pickles.protocol(2);
    }

    private static Pickles tensor(String key, long elements, long offset, long size, long stride) {
        return p().tensor("FloatStorage", key, elements, offset, new long[] {size}, new long[] {stride});
    }

    private void archive(String name, String word, Map<String, byte[]> entries) {
        cases.add(new Case(name, Pickles.zip(next(), ZipEntry.STORED, entries), word));
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, byte[] bytes) {
        Map<String, byte[]> more = new LinkedHashMap<>(entries);
        more.put(name, bytes);
        return more;
    }

    private void patched(String name, String word, Map<String, byte[]> entries, String from, String to) {
        patched(name, word, entries, from, to, false);
    }

    /** Replaces a name in the archive's bytes: everywhere, or in the directory alone. */
    private void patched(
            String name, String word, Map<String, byte[]> entries, String from, String to, boolean lastOnly) {
        byte[] zip = Pickles.bytes(Pickles.zip(next(), ZipEntry.STORED, entries));
        byte[] old = from.getBytes(StandardCharsets.US_ASCII);
        byte[] replacement = to.getBytes(StandardCharsets.US_ASCII);
        for (int at = lastOnly ? Pickles.last(zip, old) : Pickles.find(zip, old);
                at >= 0;
                at = Pickles.find(zip, old)) {
            System.arraycopy(replacement, 0, zip, at, replacement.length);
            if (lastOnly) {
                break;
            }
        }
        cases.add(new Case(name, Pickles.write(next(), zip), word));
    }

    private void flipped(String name, String word, byte[] whole, int at, int value) {
        byte[] bytes = whole.clone();
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        cases.add(new Case(name, Pickles.write(next(), bytes), word));
    }
}
