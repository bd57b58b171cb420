package org.scenecontexts.pointgroup.cluster;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Joins sets from several threads at once; which sets end up joined does not depend on the order of the calls.
 *
 * <p>A root always points to a smaller one, so two threads that join the same sets agree (Anderson and Woll, Wait-free
 * parallel algorithms for the union-find problem, 1991).
 */
final class DisjointSets {

    private final AtomicIntegerArray parent;

    DisjointSets(int count) {
        parent = new AtomicIntegerArray(count);
        for (int i = 0; i < count; i++) {
            parent.setPlain(i, i);
        }
    }

    /** The smallest element known to be in the same set. */
    int root(int element) {
        int at = element;
        while (true) {
            int up = parent.get(at);
            if (up == at) {
                return at;
            }
            int further = parent.get(up);
            if (further != up) {
                parent.compareAndSet(at, up, further);
            }
            at = up;
        }
    }

    /** Joins the sets of two elements. */
    void join(int a, int b) {
        int low = root(a);
        int high = root(b);
        while (low != high) {
            if (low > high) {
                int swap = low;
                low = high;
                high = swap;
            }
            if (parent.compareAndSet(high, high, low)) {
                return;
            }
            low = root(low);
            high = root(high);
        }
    }
}
