package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.plugin.BuildContext;

/** What a plugin is lent, for the tests of this package. */
final class PairContexts {

    private PairContexts() {}

    static BuildContext context(List<String> warnings) {
        return new BuildContext() {
            @Override
            public RandomGenerator random() {
                return new java.util.SplittableRandom(1);
            }

            @Override
            public Parallel parallel() {
                return threads(2);
            }

            @Override
            public Path resolve(Path path) {
                return path.toAbsolutePath().normalize();
            }

            @Override
            public void warn(String message) {
                warnings.add(message);
            }
        };
    }

    static BuildContext context() {
        return context(new ArrayList<>());
    }

    /** Pieces on some threads of the common pool. */
    static Parallel threads(int count) {
        return new Parallel() {
            @Override
            public int threads() {
                return count;
            }

            @Override
            public void run(int pieces, Piece piece) {
                java.util.stream.IntStream.range(0, pieces).parallel().forEach(piece::run);
            }
        };
    }
}
