package org.scenecontexts.runtime.frame;

import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SceneClasses;

/**
 * A data set whose scenes are compared with those of a training when they are loaded.
 *
 * @param data the scenes
 * @param check what compares them
 * @since 0.1
 */
public record CheckedDataset(Dataset data, FrameCheck check) implements Dataset {

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public SceneClasses classes() {
        return data.classes();
    }

    @Override
    public String id(int index) {
        return data.id(index);
    }

    @Override
    public int views() {
        return data.views();
    }

    @Override
    public String origin() {
        return data.origin();
    }

    @Override
    public Example load(int index) {
        Example example = data.load(index);
        example.views().forEach(check::check);
        return example;
    }
}
