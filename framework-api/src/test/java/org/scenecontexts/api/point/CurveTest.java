package org.scenecontexts.api.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.grid.MortonKey;

class CurveTest {

    private static final int BITS = 4;
    private static final int EDGE = 1 << BITS;

    @ParameterizedTest
    @EnumSource(Curve.class)
    void everyCellHasACodeOfItsOwnWithinTheCube(Curve curve) {
        Set<Long> codes = new HashSet<>();
        for (int i = 0; i < EDGE * EDGE * EDGE; i++) {
            codes.add(curve.code(i % EDGE, i / EDGE % EDGE, i / EDGE / EDGE, BITS));
        }
        assertThat(codes).hasSize(EDGE * EDGE * EDGE).allMatch(code -> code >= 0 && code < EDGE * EDGE * EDGE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Curve.class,
            names = {"HILBERT", "HILBERT_SWAPPED"})
    void hilbertsCurveGoesFromACellToOneThatTouchesIt(Curve curve) {
        int[] cellAt = new int[EDGE * EDGE * EDGE];
        for (int i = 0; i < cellAt.length; i++) {
            cellAt[(int) curve.code(i % EDGE, i / EDGE % EDGE, i / EDGE / EDGE, BITS)] = i;
        }
        for (int place = 1; place < cellAt.length; place++) {
            int a = cellAt[place - 1];
            int b = cellAt[place];
            int steps = Math.abs(a % EDGE - b % EDGE)
                    + Math.abs(a / EDGE % EDGE - b / EDGE % EDGE)
                    + Math.abs(a / EDGE / EDGE - b / EDGE / EDGE);
            assertThat(steps).as("from place %d to the next", place - 1).isEqualTo(1);
        }
        assertThat(cellAt[0]).isZero();
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void theCodeOfAParentIsThatOfItsChildWithoutThreeBits(Curve curve) {
        for (int i = 0; i < EDGE * EDGE * EDGE; i++) {
            int x = i % EDGE;
            int y = i / EDGE % EDGE;
            int z = i / EDGE / EDGE;
            assertThat(curve.code(x, y, z, BITS) >> 3).isEqualTo(curve.code(x / 2, y / 2, z / 2, BITS - 1));
        }
    }

    @Test
    void mortonsCurveIsTheOrderOfMortonKeys() {
        for (int i = 1; i < EDGE * EDGE * EDGE; i++) {
            int x = i % EDGE;
            int y = i / EDGE % EDGE;
            int z = i / EDGE / EDGE;
            assertThat(Curve.MORTON.code(x, y, z, BITS)).isEqualTo(MortonKey.of(0, x, y, z) - MortonKey.of(0, 0, 0, 0));
        }
    }

    @Test
    void swappedCurvesExchangeXAndY() {
        assertThat(Curve.MORTON_SWAPPED.code(3, 5, 1, BITS)).isEqualTo(Curve.MORTON.code(5, 3, 1, BITS));
        assertThat(Curve.HILBERT_SWAPPED.code(3, 5, 1, BITS)).isEqualTo(Curve.HILBERT.code(5, 3, 1, BITS));
    }

    @Test
    void theLargestCellsFitSixteenBits() {
        assertThat(Curve.MORTON.code(65535, 65535, 65535, 16)).isEqualTo((1L << 48) - 1);
        assertThat(Curve.HILBERT.code(65535, 0, 0, 16)).isBetween(0L, (1L << 48) - 1);
        assertThat(Curve.bitsFor(0)).isZero();
        assertThat(Curve.bitsFor(65535)).isEqualTo(16);
    }
}
