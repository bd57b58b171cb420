package org.scenecontexts.pointgroup.cluster;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Joins sets from several threads at once; which sets end up joined does not depend on the order of the calls.
 *
 * <p>A root always points to a smaller one, so two threads that join the same sets agree (Anderson and Woll, Wait-free
 * parallel algorithms for the union-find problem, 1991). Only joins are atomic. Reads and shortcuts are plain, which costs a
 * fraction before the compiler has warmed up: an element that is no root never becomes one again, so what an old value leads to
 * is of the same set, and whoever takes a former root for one is told by the join that fails.
 */
final class DisjointSets {

    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] parent;

    DisjointSets(int count) {
        parent = new int[count];
        for (int i = 0; i < count; i++) {
            parent[i] = i;
        }
    }

    /** The smallest element known to be in the same set. */
    int root(int element) {
        int at = element;
        int up = parent[at];
        while (up != at) {
            int further = parent[up];
            if (further != up) {
                parent[at] = further;
            }
            at = up;
            up = further;
        }
        return at;
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
            if (ELEMENTS.compareAndSet(parent, high, high, low)) {
                return;
            }
            low = root(low);
            high = root(high);
        }
    }
}
