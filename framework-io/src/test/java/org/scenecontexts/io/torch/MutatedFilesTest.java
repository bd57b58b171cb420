package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files changed without a plan, and files that are correct but chosen to be slow. */
class MutatedFilesTest {

    @TempDir
    Path folder;

    @Test
    void noFlippedByteLeadsToAnotherKindOfError() throws IOException {
        byte[] good = Pickles.array()
                .op('(')
                .number(1)
                .tuple(1)
                .global("numpy", "dtype")
                .text("f8")
                .op(0x89, 0x88, 0x87, 'R')
                .op(0x89, 'C', 8)
                .raw("abcdefgh")
                .op('t', 'b')
                .tensor("FloatStorage", "0", 4, 0, new long[] {2, 2}, new long[] {1, 2})
                .op(0x86)
                .stop();
        Path file = folder.resolve("flipped.pth");
        for (byte[] whole : List.of(
                Pickles.bytes(Pickles.zip(file, good, Map.of("0", Pickles.floats(1, 2, 3, 4)))),
                Pickles.bytes(Pickles.legacy(file, good, Map.of("0", Pickles.floats(1, 2, 3, 4)), Float.BYTES)))) {
            int refused = 0;
            for (int i = 0; i < whole.length; i++) {
                for (int mask : new int[] {0x01, 0x80, 0xff}) {
                    byte[] bytes = whole.clone();
                    bytes[i] ^= (byte) mask;
                    Files.write(file, bytes);
                    Throwable thrown = catchThrowable(() -> Trees.readAll(file));
                    if (thrown != null) {
                        refused++;
                        assertThat(thrown).as("byte %d ^ %x", i, mask).isInstanceOf(TorchFormatException.class);
                    }
                }
            }
            assertThat(refused).isGreaterThan(whole.length);
        }
    }

    @Test
    void keysThatCollideDoNotSlowTheReaderDown() {
        Pickles pickle = Pickles.protocol(2).op('}', '(');
        int bits = 16;
        for (int i = 0; i < 1 << bits; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            pickle.text(key.toString()).op('N');
        }
        Path file = Pickles.zip(folder.resolve("t.pth"), pickle.op('u').stop(), Map.of());
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        TorchValue root = TorchFile.read(file).root();

        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;

        assertThat(((TorchValue.Dict) root).entries()).hasSize(1 << bits);
        assertThat(nanos).isLessThan(2_000_000_000L);
    }

    @Test
    void millionsOfEmptyListsAreRefused() {
        byte[] lists = new byte[3_000_000];
        Arrays.fill(lists, (byte) ']');
        Pickles pickle = Pickles.protocol(2).op('(').raw(lists).op('t');
        Path file = Pickles.zip(folder.resolve("t.pth"), pickle.stop(), Map.of());

        assertThat(catchThrowable(() -> Trees.readAll(file)))
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("more than 2000000 lists");
    }
}
