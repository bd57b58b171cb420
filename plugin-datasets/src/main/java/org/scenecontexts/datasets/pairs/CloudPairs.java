package org.scenecontexts.datasets.pairs;

import java.util.List;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SceneClasses;

/** Pairs of clouds that overlap, one example per pair. */
final class CloudPairs implements Dataset {

    private final List<Pair> pairs;

    /** Two overlapping clouds. */
    record Pair(CloudView first, CloudView second) {}

    CloudPairs(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public SceneClasses classes() {
        return SceneClasses.none();
    }

    @Override
    public String id(int index) {
        return pairs.get(index).first().name() + "+" + pairs.get(index).second().name();
    }

    @Override
    public int views() {
        return 2;
    }

    @Override
    public Example load(int index) {
        Pair pair = pairs.get(index);
        return new Example(id(index), List.of(pair.first().load(), pair.second().load()));
    }
}
