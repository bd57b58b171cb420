package org.scenecontexts.api.tensor;

import java.util.List;

/** One recorded application of an operator. */
final class TapeNode {

    private final DifferentiableOp op;
    private final List<Tensor> inputs;
    private final Tensor output;
    private final int depth;

    TapeNode(DifferentiableOp op, List<Tensor> inputs, Tensor output) {
        this.op = op;
        this.inputs = inputs;
        this.output = output;
        int deepest = 0;
        for (Tensor input : inputs) {
            if (input.node() != null) {
                deepest = Math.max(deepest, input.node().depth);
            }
        }
        this.depth = deepest + 1;
    }

    DifferentiableOp op() {
        return op;
    }

    List<Tensor> inputs() {
        return inputs;
    }

    Tensor output() {
        return output;
    }

    /** Length of the longest recorded way to a leaf; a node is always deeper than its inputs. */
    int depth() {
        return depth;
    }
}
