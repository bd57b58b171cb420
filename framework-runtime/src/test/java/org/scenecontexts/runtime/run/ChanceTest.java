package org.scenecontexts.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChanceTest {

    @Test
    void everyPlaceHasItsOwnNumbers() {
        Set<Long> first = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            for (String name : new String[] {"data", "backbone", "task"}) {
                for (int number = 0; number < 100; number++) {
                    first.add(new Chance(seed).at(name).at(number).random().nextLong());
                }
            }
        }
        assertThat(first).hasSize(3000);
    }

    @Test
    void numbersAreSpreadEvenly() {
        SavedRandom random = new Chance(4).at("x").random();
        double sum = 0;
        double squares = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double value = random.nextGaussian();
            sum += value;
            squares += value * value;
        }
        assertThat(sum / n).isBetween(-0.03, 0.03);
        assertThat(squares / n).isBetween(0.96, 1.04);
    }

    @Test
    void aSavedStateGoesOnWhereItWas() {
        SavedRandom random = new SavedRandom(1);
        random.nextGaussian();
        String saved = random.save();
        long next = random.nextLong();
        SavedRandom other = new SavedRandom(2);
        other.restore(saved);
        assertThat(other.nextLong()).isEqualTo(next);
    }

    @Test
    void aTextThatIsNoStateIsRefused() {
        assertThatThrownBy(() -> new SavedRandom(1).restore("12")).hasMessageContaining("64 hexadecimal digits");
    }
}
