package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;

class PointListsTest {

    private static final long TOO_LARGE = 1L << 32;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"points.pth", "points.npz"})
    void numbersOverThirtyTwoBitsAreRefusedWithTheirScene(String name) {
        Path file = folder.resolve(name);
        PointLists.write(file, Map.of("scene0007_00", new long[] {3, TOO_LARGE}));

        assertThatThrownBy(() -> PointLists.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("'scene0007_00'")
                .hasMessageContaining("4294967296")
                .hasMessageContaining("whole numbers from 0 to 2147483647");
    }

    private Path saved(TorchValue indices) {
        Path file = folder.resolve("points.pth");
        TorchWriter.write(file, TorchValue.Dict.of(Map.of("a", indices)));
        return file;
    }

    @Test
    void soAreThoseInListsAndTensors() {
        TorchValue list = new TorchValue.Sequence(
                TorchValue.Sequence.Kind.LIST, List.of(new TorchValue.Int(1), new TorchValue.Int(TOO_LARGE)));
        for (TorchValue indices : List.of(list, TorchTensor.of(new long[] {1, TOO_LARGE}, 2))) {
            assertThatThrownBy(() -> PointLists.read(saved(indices)))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("4294967296");
        }
    }

    @Test
    void fractionsAndTextAreRefusedInPlainWords() {
        assertThatThrownBy(() -> PointLists.read(saved(TorchTensor.of(new float[] {1.5f}, 1))))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("fractions");
        assertThatThrownBy(() -> PointLists.read(saved(new TorchValue.Text("x"))))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("found 'x'");
        assertThat(PointLists.read(saved(TorchTensor.of(new long[] {4}, 1))).get("a"))
                .containsExactly(4);
    }
}
