package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.testkit.KitScenes;

/**
 * Offers {@code data: kit-rooms}: the small rooms of the test kit.
 *
 * @since 0.2
 */
public final class KitRooms implements DatasetFactory<KitRooms.Config> {

    /** The keys of {@code kit-rooms}. */
    public record Config(
            @Doc("Number of the first room.") @Default("0") @Min(0)
            int first,

            @Doc("Number of rooms.") @Default("3") @Positive int rooms,

            @Doc("Points per room.") @Default("240") @Min(40)
            int points) {}

    @Override
    public String name() {
        return "kit-rooms";
    }

    @Override
    public String summary() {
        return "Small rooms for tests.";
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        return KitScenes.rooms(config.first(), config.rooms(), config.points());
    }
}
