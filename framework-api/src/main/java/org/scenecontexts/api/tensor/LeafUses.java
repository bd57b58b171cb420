package org.scenecontexts.api.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts how often each leaf is still read in a backward pass, and so tells when its gradient is complete. */
final class LeafUses {

    private final Map<Tensor, Integer> left = new IdentityHashMap<>();

    private LeafUses() {}

    /** The uses in everything that a result was computed from. */
    static LeafUses of(TapeNode last) {
        LeafUses uses = new LeafUses();
        Map<TapeNode, Boolean> seen = new IdentityHashMap<>();
        Deque<TapeNode> open = new ArrayDeque<>();
        seen.put(last, true);
        open.add(last);
        while (!open.isEmpty()) {
            for (Tensor input : open.remove().inputs()) {
                if (input.node() != null) {
                    if (seen.put(input.node(), true) == null) {
                        open.add(input.node());
                    }
                } else if (input.requiresGrad()) {
                    uses.left.merge(input, 1, Integer::sum);
                }
            }
        }
        return uses;
    }

    /** Takes away the uses of an operator that has run. */
    void done(TapeNode node, Consumer<Tensor> complete) {
        for (Tensor input : node.inputs()) {
            if (input.node() == null
                    && left.computeIfPresent(input, (leaf, count) -> count - 1) instanceof Integer now
                    && now == 0
                    && input.grad().isPresent()) {
                complete.accept(input);
            }
        }
    }
}
