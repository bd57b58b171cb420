package org.scenecontexts.kernels.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.scenecontexts.kernels.vector.VectorTileProducts;

class TileProductsChoiceTest {

    @Test
    void aWordChoosesAndTheReasonNamesTheProperty() {
        TileProductsChoice scalar = TileProductsChoice.choose("scalar", true);
        assertThat(scalar.products()).isInstanceOf(ScalarTileProducts.class);
        assertThat(scalar.reason()).contains("csc.simd=scalar");
        assertThat(TileProductsChoice.choose("vector", true).products()).isInstanceOf(VectorTileProducts.class);
    }

    @Test
    void vectorWithoutItsModuleIsRefusedWithTheOptionToAdd() {
        assertThatThrownBy(() -> TileProductsChoice.choose("vector", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("--add-modules jdk.incubator.vector");
    }

    @Test
    void anUnknownWordIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> TileProductsChoice.choose("sse", true))
                .hasMessageContaining("'sse'")
                .hasMessageContaining("machine, vector, scalar or auto");
    }

    @Test
    void leftAloneItTakesGeneratedCodeOrSaysWhyNot() {
        TileProductsChoice choice = TileProductsChoice.choose("auto", true);
        if (choice.products() instanceof VectorTileProducts) {
            assertThat(choice.reason()).contains("the Vector API, because ");
        } else {
            assertThat(choice.products().name()).startsWith("machine-");
        }
    }
}
