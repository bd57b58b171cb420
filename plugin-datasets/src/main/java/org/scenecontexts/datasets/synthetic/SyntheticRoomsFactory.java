package org.scenecontexts.datasets.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Seeds;

/**
 * Makes furnished rooms for segmentation and detection without any download.
 *
 * @since 0.1
 */
@Extension
public final class SyntheticRoomsFactory implements DatasetFactory<SyntheticRoomsFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("which of three disjoint streams of rooms: train, val or test") @Default("train")
            Split split,

            @Doc("number of rooms") @Default("40") @Min(1) int scenes,

            @Doc("rooms that stand side by side in each scene, to try large scenes; scene 0 has the first ones")
            @Default("1")
            @Min(1)
            int together,

            @Doc("chooses the rooms; the same seed gives the same rooms") @Default("0")
            long seed,

            @Doc("kinds of rooms to draw from: office, bedroom, living, kitchen, bathroom")
            @Default("[office, bedroom, living, kitchen, bathroom]")
            @NotEmpty
            List<RoomType> rooms,

            @Doc("depth pictures taken of each room") @Default("6") @Min(1) @Max(200)
            int cameras,

            @Doc("points of each picture, relative to the usual 6,000 or so") @Default("1") @Positive @Max(100)
            double density,

            @Doc("strength of the sensors' errors: 0 ideal, 1 like a consumer depth camera")
            @Default("1")
            @Min(0)
            @Max(10)
            double noise,

            @Doc("shortest wall, metres; bathrooms are smaller") @Default("2.8") @Min(2) @Max(50)
            double minSize,

            @Doc("longest wall, metres") @Default("4") @Min(2) @Max(50)
            double maxSize,

            @Doc("whether rooms have a ceiling, which then is one more class") @Default("false")
            boolean ceiling,

            @Doc("number of small things without a class, relative to the usual") @Default("1") @Min(0) @Max(10)
            double clutter,

            @Doc("whether rooms made once are kept while there is memory") @Default("true")
            boolean cache) {

        /** @throws IllegalArgumentException when the longest wall is shorter than the shortest */
        public Config {
            if (maxSize < minSize) {
                throw new IllegalArgumentException("max-size is " + maxSize + " m, min-size is " + minSize
                        + " m; max-size must be at least min-size");
            }
        }
    }

    @Override
    public String name() {
        return "synthetic-rooms";
    }

    @Override
    public String summary() {
        return "Procedural furnished rooms seen by depth cameras, with labels, instances and boxes; needs no download.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.labelledScenes(RoomClass.classes(config.ceiling()))
                .with(ScenePart.INSTANCES, true)
                .with(ScenePart.BOXES, true);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        RoomSettings rooms = new RoomSettings(
                config.rooms(), config.minSize(), config.maxSize(), config.ceiling(), config.clutter());
        ScanSettings scan = ScanSettings.of(config.density(), config.noise());
        String prefix = (config.together() == 1 ? "room-" : "building-")
                + config.split().name().toLowerCase(Locale.ROOT) + "-" + config.seed();
        List<String> ids = Seeds.names(prefix, config.scenes());
        return new CachedDataset(ids, RoomClass.classes(config.ceiling()), 1, config.cache(), index -> {
            IntFunction<Scene> room = number -> room(config, rooms, scan, ids.get(index), number);
            return Example.of(
                    config.together() == 1
                            ? room.apply(index)
                            : Buildings.of(
                                    ids.get(index),
                                    config.together(),
                                    config.maxSize(),
                                    i -> room.apply(index * config.together() + i)));
        });
    }

    private static Scene room(Config config, RoomSettings rooms, ScanSettings scan, String id, int index) {
        long seed = Seeds.mix(config.seed(), config.split().stream(), index);
        Room room = RoomGenerator.room(rooms, rooms.type(index), Seeds.mix(seed, 1));
        List<CameraPose> poses = RoomGenerator.poses(room, config.cameras(), Seeds.mix(seed, 2));
        return RoomScanner.scan(room, id, poses, scan, Seeds.mix(seed, 3));
    }
}
