package org.scenecontexts.pointnet2.kernel.device;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Brings offsets of scenes to the device once: a network asks with the same few again and again. Those that were not asked
 * for lately go.
 */
final class Offsets {

    private static final int KEPT = 64;

    private final TensorEngine engine;
    private final Map<Key, Indices> known = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** Equal where the numbers are. */
    private record Key(int[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    Offsets(TensorEngine engine) {
        this.engine = engine;
    }

    /** The same numbers, 0 or more, on the device; lent until the next call. */
    synchronized Indices of(int[] values) {
        Indices found = known.get(new Key(values));
        if (found == null) {
            int[] own = values.clone();
            found = engine.indices(own, Integer.MAX_VALUE);
            known.put(new Key(own), found);
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return found;
    }
}
