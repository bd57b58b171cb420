package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.StateEntry;

/** Everything that a checkpoint would keep of a module, as bits, to be compared and to be put into another. */
final class States {

    private States() {}

    /** The bits of every entry by name, in order. */
    static Map<String, List<Long>> bits(Module module) {
        Map<String, List<Long>> bits = new LinkedHashMap<>();
        for (StateEntry entry : module.state()) {
            bits.put(
                    entry.name(),
                    switch (entry) {
                        case StateEntry.Floats floats -> bits(floats.values());
                        case StateEntry.Whole whole -> List.of(whole.counter().get());
                    });
        }
        return bits;
    }

    /** The bits of numbers, for comparisons that take -0 for another number than 0. */
    static List<Long> bits(float[] values) {
        Long[] bits = new Long[values.length];
        Arrays.setAll(bits, i -> (long) Float.floatToRawIntBits(values[i]));
        return List.of(bits);
    }

    /** Gives one module the state of another, as a checkpoint would. */
    static void copy(Module from, Module to) {
        List<StateEntry> left = from.state();
        List<StateEntry> right = to.state();
        assertThat(right.stream().map(StateEntry::name).toList())
                .as("names of the state of a second one that is created alike")
                .isEqualTo(left.stream().map(StateEntry::name).toList());
        for (int i = 0; i < left.size(); i++) {
            switch (left.get(i)) {
                case StateEntry.Floats floats -> ((StateEntry.Floats) right.get(i)).set(floats.values());
                case StateEntry.Whole whole ->
                    ((StateEntry.Whole) right.get(i))
                            .counter()
                            .set(whole.counter().get());
            }
        }
    }
}
