package org.scenecontexts.datasets.limited;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;

/** Some examples of another data set, with some of their labels or boxes. */
final class LimitedDataset implements Dataset {

    private final Dataset whole;
    private final int[] kept;
    private final Optional<UnaryOperator<Scene>> budget;

    /** @param kept numbers of the examples in the whole data set */
    LimitedDataset(Dataset whole, int[] kept, Optional<UnaryOperator<Scene>> budget) {
        this.whole = whole;
        this.kept = kept;
        this.budget = budget;
    }

    @Override
    public int size() {
        return kept.length;
    }

    @Override
    public SceneClasses classes() {
        return whole.classes();
    }

    @Override
    public String id(int index) {
        return whole.id(kept[index]);
    }

    @Override
    public int views() {
        return whole.views();
    }

    @Override
    public String origin() {
        return whole.origin();
    }

    @Override
    public Example load(int index) {
        Example example = whole.load(kept[index]);
        return budget.map(some -> new Example(
                        example.id(), example.views().stream().map(some).toList()))
                .orElse(example);
    }
}
