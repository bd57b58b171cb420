package org.scenecontexts.datasets.synthetic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.scenecontexts.datasets.synthetic.ViewScanner.Aim;

/**
 * Makes single pictures of a depth camera in furnished rooms, so that a network can be trained for real pictures of this
 * kind without any labels.
 *
 * <p>What differs from {@link SyntheticRoomsFactory} is what differs between a scanned room and one picture of it: one point
 * of view with everything behind the first surface unseen, the steps of a projected pattern's depth, ranges of up to 6 m,
 * close pictures of table tops that may fill them, a frame whose origin is the camera and that may be tilted, and no floor to count heights from.
 *
 * @since 0.2
 */
@Extension
public final class SyntheticViewsFactory implements DatasetFactory<SyntheticViewsFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("which of three disjoint streams of rooms: train, val or test") @Default("train")
            Split split,

            @Doc("number of pictures, each of a room of its own") @Default("200") @Min(1)
            int scenes,

            @Doc("chooses rooms and views; the same seed gives the same pictures") @Default("0")
            long seed,

            @Doc("kinds of rooms to draw from: office, bedroom, living, kitchen, bathroom")
            @Default("[office, bedroom, living, kitchen, bathroom]")
            @NotEmpty
            List<RoomType> rooms,

            @Doc("class of each thing in the rooms, for example {desk: table, table: table, clutter: object};"
                    + " things that are not named have no class; without it the classes are those of"
                    + " synthetic-rooms with a ceiling")
            @Default("{}")
            Map<String, String> labels,

            @Doc("part of the pictures that look at a table top from near") @Default("0.3") @Min(0) @Max(1)
            double close,

            @Doc(
                    "part of the close pictures that are filled by a large table top and what lies on it, with little else or"
                            + " nothing in sight: no floor, no wall, hardly an edge")
            @Default("0")
            @Min(0)
            @Max(1)
            double filled,

            @Doc("part of the pictures that stay in the camera's own frame, tilted as the camera was; the others stand"
                    + " upright")
            @Default("0.3")
            @Min(0)
            @Max(1)
            double tilted,

            @Doc("part of the rooms whose colours are faded towards one pale colour") @Default("0.4") @Min(0) @Max(1)
            double faded,

            @Doc("points of each picture, relative to the usual 25,000 or so") @Default("1") @Positive @Max(100)
            double density,

            @Doc("strength of the sensor's errors: 0 ideal, 1 like the first Kinect") @Default("1") @Min(0) @Max(10)
            double noise,

            @Doc("largest depth that is measured, metres") @Default("6") @Min(1) @Max(20)
            double range,

            @Doc("shortest wall, metres; bathrooms are smaller") @Default("2.8") @Min(2) @Max(50)
            double minSize,

            @Doc("longest wall, metres") @Default("5.5") @Min(2) @Max(50)
            double maxSize,

            @Doc("largest height of a room, metres") @Default("3.6") @Min(2.3) @Max(10)
            double maxHeight,

            @Doc("number of small things on the floor, relative to the usual") @Default("1") @Min(0) @Max(10)
            double clutter,

            @Doc("largest number of cartons, crates and bags on the floor of a room") @Default("0") @Min(0) @Max(50)
            int cartons,

            @Doc("whether pictures made once are kept while there is memory") @Default("true")
            boolean cache) {

        /** @throws IllegalArgumentException when sizes or parts do not fit, or a key of labels is no thing of a room */
        public Config {
            if (maxSize < minSize) {
                throw new IllegalArgumentException("max-size is " + maxSize + " m, min-size is " + minSize
                        + " m; max-size must be at least min-size");
            }
            if (filled > 0 && close == 0) {
                throw new IllegalArgumentException(
                        "filled is " + filled + ", a part of the close pictures, but close is 0:"
                                + " there would be none; give close a part of the pictures, or leave filled out");
            }
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            ThingLabels.of(labels);
        }
    }

    /** A picture holds as much as several of those that make a whole room. */
    private static final double PICTURE = 4;

    /** Chance that one wall of a room is a row of closets, which offices have more often than our other rooms. */
    private static final double CLOSETS = 0.3;

    private static final int ON_TABLES = 4;

    @Override
    public String name() {
        return "synthetic-views";
    }

    @Override
    public String summary() {
        return "Single pictures of a depth camera in furnished rooms, as a Kinect takes them, with labels; needs no"
                + " download.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.labelledScenes(ThingLabels.of(config.labels()).classes());
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        RoomSettings rooms = rooms(config, 0);
        RoomSettings withTable = rooms(config, 1);
        ScanSettings usual = ScanSettings.of(PICTURE * config.density(), config.noise());
        ScanSettings scan = new ScanSettings(
                usual.columns(),
                usual.rows(),
                usual.noise(),
                config.range(),
                config.noise() == 0 ? 0 : ScanSettings.KINECT_STEPS / config.noise());
        ThingLabels labels = ThingLabels.of(config.labels());
        ViewScanner scanner = new ViewScanner(scan, labels, config.tilted(), config.faded());
        String prefix = "view-" + config.split().name().toLowerCase(Locale.ROOT) + "-" + config.seed();
        List<String> ids = Seeds.names(prefix, config.scenes());
        return new CachedDataset(ids, labels.classes(), 1, config.cache(), index -> {
            long seed = Seeds.mix(config.seed(), config.split().stream(), index, 200);
            long camera = Seeds.mix(seed, 2);
            Dice chance = new Dice(new SplittableRandom(camera));
            Aim aim = Aim.drawn(config.close(), config.filled(), chance);
            RoomSettings settings = aim == Aim.TABLE_TOP ? withTable : rooms;
            Room room = RoomGenerator.room(settings, rooms.type(index), Seeds.mix(seed, 1));
            return Example.of(scanner.view(room, aim, ids.get(index), chance, camera));
        });
    }

    private static RoomSettings rooms(Config config, double largeTable) {
        return new RoomSettings(
                config.rooms(),
                config.minSize(),
                config.maxSize(),
                true,
                config.clutter(),
                config.maxHeight(),
                CLOSETS,
                ON_TABLES,
                largeTable,
                config.cartons());
    }
}
