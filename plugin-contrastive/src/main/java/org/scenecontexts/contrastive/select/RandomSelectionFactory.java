package org.scenecontexts.contrastive.select;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.select.Selection;
import org.scenecontexts.api.select.SelectionFactory;

/** Offers a selection by chance under {@code select: {method: {type: random}}}: what every better one is measured against. */
@Extension
public final class RandomSelectionFactory implements SelectionFactory<RandomSelectionFactory.Config> {

    /** Configuration. */
    public record Config(
            @Default("100") @Min(1) @Doc("points per scene, without repetition") int points) {}

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String summary() {
        return "Points drawn by chance, the baseline of active selection.";
    }

    @Override
    public Selection create(Config config, BuildContext context) {
        return (scene, features, random) -> draw(scene.size(), config.points(), random);
    }

    private static int[] draw(int available, int wanted, RandomGenerator random) {
        int[] order = new int[available];
        Arrays.setAll(order, i -> i);
        int count = Math.min(available, wanted);
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, available);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return Arrays.copyOf(order, count);
    }
}
