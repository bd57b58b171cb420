package org.scenecontexts.datasets.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.Set;
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
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Seeds;

/**
 * Makes pairs of overlapping views of synthetic rooms, for contrastive pre-training without any download.
 *
 * @since 0.1
 */
@Extension
public final class SyntheticPairsFactory implements DatasetFactory<SyntheticPairsFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("which of three disjoint streams of rooms: train, val or test") @Default("train")
            Split split,

            @Doc("number of pairs") @Default("100") @Min(1) int scenes,

            @Doc("chooses rooms and views; the same seed gives the same pairs") @Default("0")
            long seed,

            @Doc("pairs taken in each room, from different places") @Default("4") @Min(1)
            int pairsPerRoom,

            @Doc("kinds of rooms to draw from: office, bedroom, living, kitchen, bathroom")
            @Default("[office, bedroom, living, kitchen, bathroom]")
            @NotEmpty
            List<RoomType> rooms,

            @Doc("smallest part of each view that the other shows too") @Default("0.3") @Min(0) @Max(0.9)
            double overlap,

            @Doc("points of each view, relative to the usual 20,000 or so") @Default("1") @Positive @Max(100)
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

            @Doc("whether pairs made once are kept while there is memory") @Default("true")
            boolean cache) {

        /** @throws IllegalArgumentException when the longest wall is shorter than the shortest */
        public Config {
            if (maxSize < minSize) {
                throw new IllegalArgumentException("max-size is " + maxSize + " m, min-size is " + minSize
                        + " m; max-size must be at least min-size");
            }
        }
    }

    /** A view of a pair is one picture, which has to hold as much as several of a whole room. */
    private static final double PICTURE = 4;

    @Override
    public String name() {
        return "synthetic-pairs";
    }

    @Override
    public String summary() {
        return "Pairs of overlapping depth views of synthetic rooms in one frame, for contrastive pre-training.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown().withViews(2).withAttributes(Set.of()).withClasses(RoomClass.classes(false));
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        RoomSettings rooms = new RoomSettings(config.rooms(), config.minSize(), config.maxSize(), false, 1);
        ScanSettings scan = ScanSettings.of(PICTURE * config.density(), config.noise());
        String prefix = "pair-" + config.split().name().toLowerCase(Locale.ROOT) + "-" + config.seed();
        List<String> ids = Seeds.names(prefix, config.scenes());
        return new CachedDataset(ids, RoomClass.classes(false), 2, config.cache(), index -> {
            long place = index / config.pairsPerRoom();
            long roomSeed = Seeds.mix(config.seed(), config.split().stream(), place, 100);
            Room room = RoomGenerator.room(rooms, rooms.type((int) place), roomSeed);
            long seed = Seeds.mix(roomSeed, index);
            String id = ids.get(index);
            return new Example(id, PairScanner.scan(room, id, scan, config.overlap(), seed));
        });
    }
}
