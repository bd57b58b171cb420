package org.scenecontexts.runtime.run;

import java.util.HashSet;
import java.util.Set;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.StateEntry;

/**
 * A backbone and the head of a task as one module whose names have no prefix, because published checkpoints hold both on
 * one level ({@code conv0p1s1.kernel} beside {@code final.kernel}, REFERENCE 1.8).
 *
 * @since 0.1
 */
public final class Network extends Module {

    /** @throws IllegalStateException when backbone and head give one name to two things */
    public Network(Module backbone, Module head) {
        child("", backbone);
        child("", head);
        Set<String> names = new HashSet<>();
        for (StateEntry entry : state()) {
            if (!names.add(entry.name())) {
                throw new IllegalStateException("backbone and task both have a tensor '" + entry.name()
                        + "', and checkpoints store both without a prefix; rename it in one of the two plugins");
            }
        }
    }
}
