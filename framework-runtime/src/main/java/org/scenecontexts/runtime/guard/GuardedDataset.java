package org.scenecontexts.runtime.guard;

import java.util.HashSet;
import java.util.Set;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;

/** Checks what a data set hands out: as many examples, views and classes as it says, under names of their own. */
final class GuardedDataset implements Dataset, Guarded {

    private final Guard guard;
    private final Dataset data;
    private final int size;
    private final int views;
    private final SceneClasses classes;

    GuardedDataset(Guard guard, Dataset data) {
        this.guard = guard;
        this.data = data;
        size = guard.call("size()", data::size);
        if (size < 0) {
            throw guard.breach("size()", "returned " + size, "0 or more");
        }
        views = guard.call("views()", data::views);
        if (views < 1) {
            throw guard.breach("views()", "returned " + views, "at least 1");
        }
        classes = guard.notNull("classes()", "classes, or SceneClasses.none()", data::classes);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < size; i++) {
            String id = id(i);
            if (!ids.add(id)) {
                throw guard.breach(
                        "id(" + i + ")",
                        "returned '" + id + "', which an earlier example has too",
                        "a name of its own for every example: files are named after it");
            }
        }
    }

    @Override
    public PluginPart part() {
        return guard.part();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public SceneClasses classes() {
        return classes;
    }

    @Override
    public int views() {
        return views;
    }

    @Override
    public String id(int index) {
        return guard.notNull("id(" + index + ")", "a name", () -> data.id(index));
    }

    @Override
    public String origin() {
        return guard.notNull("origin()", "a text, which may be empty", data::origin);
    }

    @Override
    public Example load(int index) {
        String method = "load(" + index + ")";
        Example example = guard.notNull(method, "an example", () -> data.load(index));
        if (example.views().size() != views) {
            throw guard.breach(
                    method,
                    "gave an example of " + example.views().size() + " view(s)",
                    views + ", as its views() says");
        }
        example.views().forEach(scene -> checkLabels(method, scene));
        return example;
    }

    private void checkLabels(String method, Scene scene) {
        if (classes.count() == 0) {
            return;
        }
        int[] labels = scene.labels();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= classes.count() || labels[i] < Labels.UNSEEN) {
                throw guard.breach(
                        method,
                        "gave point " + i + " of scene '" + scene.id() + "' the label " + labels[i],
                        "0 to " + (classes.count() - 1) + " for the classes " + classes.names() + ", or "
                                + Labels.IGNORE + " for points without a class");
            }
        }
    }
}
