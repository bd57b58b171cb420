package org.scenecontexts.api.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Finds what a result was computed from, so that trained tensors which nobody registered come to light. */
final class GraphLeaves {

    private GraphLeaves() {}

    static List<Tensor> of(Tensor result) {
        List<Tensor> leaves = new ArrayList<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Tensor> open = new ArrayDeque<>(List.of(result));
        while (!open.isEmpty()) {
            Tensor tensor = open.pop();
            if (!tensor.requiresGrad() || !seen.add(tensor)) {
                continue;
            }
            if (tensor.node() == null) {
                leaves.add(tensor);
            } else {
                tensor.node().inputs().forEach(open::push);
            }
        }
        return leaves;
    }
}
