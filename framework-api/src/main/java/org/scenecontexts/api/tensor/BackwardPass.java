package org.scenecontexts.api.tensor;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks the recorded operators from a result back to the leaves, deepest first, and frees every buffer at its last use.
 */
final class BackwardPass {

    private BackwardPass() {}

    /** @param complete told each leaf whose gradient is complete */
    static void run(Tensor root, Tensor gradient, boolean sparing, Consumer<Tensor> complete) {
        root.addGrad(gradient);
        if (root.node() == null) {
            complete.accept(root);
            return;
        }
        LeafUses uses = LeafUses.of(root.node());
        // Equal depths are ordered by discovery, which follows from the graph alone: the order is deterministic.
        record Entry(TapeNode node, long order) {}
        PriorityQueue<Entry> open = new PriorityQueue<>(
                Comparator.comparingInt((Entry e) -> -e.node().depth()).thenComparingLong(Entry::order));
        Set<TapeNode> seen = new HashSet<>();
        long order = 0;
        open.add(new Entry(root.node(), order++));
        seen.add(root.node());
        while (!open.isEmpty()) {
            TapeNode node = open.poll().node();
            step(node, sparing);
            uses.done(node, complete);
            for (Tensor input : node.inputs()) {
                if (input.node() != null && seen.add(input.node())) {
                    open.add(new Entry(input.node(), order++));
                }
            }
        }
    }

    private static void step(TapeNode node, boolean sparing) {
        Optional<Tensor> gradient = Optional.ofNullable(node.output().takeGrad());
        // The output's values have been read by everyone after it; what this operator itself reads, it has saved.
        node.output().values().disown();
        if (gradient.isPresent()) {
            Gradients gradients = new Gradients(node.op(), node.inputs(), gradient.get());
            backward(node.op(), gradient.get(), gradients, sparing);
            if (!gradients.passed()) {
                gradient.get().release();
            }
        }
        // What it is made of is not kept any longer.
        node.output().values().maker(null);
        node.op().releaseSaved();
    }

    private static void backward(DifferentiableOp op, Tensor gradient, Gradients gradients, boolean sparing) {
        try {
            op.sparing(sparing);
            op.backward(gradient, gradients);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw OperatorException.of(op, gradient, e);
        }
    }
}
