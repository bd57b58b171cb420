package org.scenecontexts.kernels.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps workspaces between calls, so that products allocate nothing once they have warmed up. Thread-safe.
 *
 * @param <W> the workspace of an implementation
 * @since 0.1
 */
public final class TileWorkspaces<W extends TileWorkspace> {

    private final List<W> idle = new ArrayList<>();
    private final Supplier<W> make;

    /**
     * @param make creates one more when all are lent
     */
    public TileWorkspaces(Supplier<W> make) {
        this.make = make;
    }

    /** Borrows one. */
    public W take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.removeLast();
            }
        }
        return make.get();
    }

    /** Takes one back. */
    public void give(W workspace) {
        synchronized (idle) {
            idle.add(workspace);
        }
    }
}
