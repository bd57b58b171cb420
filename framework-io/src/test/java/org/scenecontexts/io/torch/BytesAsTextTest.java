package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol 2 writes bytes as text, one character each, which takes two bytes of UTF-8 above 127. */
class BytesAsTextTest {

    @TempDir
    private Path folder;

    private TorchValue root(byte[] pickle) {
        return TorchFile.read(Pickles.zip(folder.resolve("t.pth"), pickle, Map.of()))
                .root();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 4095, 4096, 4097, 20_000})
    void anyBytesComeBack(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        Path file = folder.resolve("bytes.pth");
        TorchWriter.write(file, new TorchValue.Bytes(bytes));

        assertThat(((TorchValue.Bytes) TorchFile.read(file).root()).value()).isEqualTo(bytes);
    }

    @Test
    void everyByteComesBack() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Path file = folder.resolve("bytes.pth");
        TorchWriter.write(file, new TorchValue.Bytes(bytes));

        assertThat(((TorchValue.Bytes) TorchFile.read(file).root()).value()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "caf\u00e9 \u00ff\u0080\u00c2", "\u0100 above", "\u4e2d\u6587", "\ud83d\ude00"})
    void textOfAnyAlphabetIsRead(String text) {
        Path file = folder.resolve("text.pth");
        TorchWriter.write(file, new TorchValue.Text(text));

        assertThat(TorchFile.read(file).root()).isEqualTo(new TorchValue.Text(text));
    }

    @Test
    void wrongUtf8IsRefused() {
        for (int[] wrong :
                new int[][] {{0x80}, {0xC2}, {0xC2, 0x41}, {0x41, 0xC3}, {0xC0, 0x80}, {0xC1, 0xBF}, {0xFF}}) {
            byte[] pickle = new byte[8 + wrong.length];
            byte[] head = {(byte) 0x80, 2, 'X', (byte) wrong.length, 0, 0, 0};
            System.arraycopy(head, 0, pickle, 0, head.length);
            for (int i = 0; i < wrong.length; i++) {
                pickle[head.length + i] = (byte) wrong[i];
            }
            pickle[pickle.length - 1] = '.';

            assertThatThrownBy(() -> root(pickle))
                    .isInstanceOf(TorchFormatException.class)
                    .hasMessageContaining("no valid UTF-8");
        }
    }
}
