package org.scenecontexts.runtime.hook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingRun;

/** A training without a network, for hooks that only decide something. */
final class FakeRun implements TrainingRun {

    final List<String> stops = new ArrayList<>();

    /** A measurement of one figure after a step. */
    static Measurement measurement(long iteration, String figure, double value) {
        return new Measurement(
                new TrainingProgress(iteration, 100, iteration / 10.0), Map.of(figure, value), figure, false, 1, 0);
    }

    @Override
    public String stage() {
        return "fake";
    }

    @Override
    public String configuration() {
        return "";
    }

    @Override
    public TrainingProgress start() {
        return new TrainingProgress(0, 100, 0);
    }

    @Override
    public double iterationsPerEpoch() {
        return 10;
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(String reason) {
        stops.add(reason);
    }

    @Override
    public Path save(String name, Map<String, String> about) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path saveTrained(String name, Map<String, String> about) {
        throw new UnsupportedOperationException();
    }
}
