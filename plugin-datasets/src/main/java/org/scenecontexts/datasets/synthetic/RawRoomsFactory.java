package org.scenecontexts.datasets.synthetic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.Seeds;
import org.scenecontexts.datasets.raw.RawPreparation;
import org.scenecontexts.datasets.raw.RawScene;

/**
 * Writes synthetic rooms in the raw layout of a real data set, so that preparing, training and submitting can be tried without
 * its download: {@code prepare: {type: synthetic-raw}}.
 *
 * @since 0.2
 */
@Extension
public final class RawRoomsFactory implements PreparationFactory<RawRoomsFactory.Config> {

    /** Whose raw files are written. */
    public enum Layout {
        /** Meshes, segments, groups, label table, recordings and lists. */
        SCANNET,
        /** Text files of six areas. */
        S3DIS,
        /** Depth and colour pictures, and MATLAB's tables of cameras, boxes and the division. */
        SUNRGBD
    }

    /** The YAML keys. */
    public record Config(
            @WritesFile @Doc("the folder to write") Path target,

            @Doc("the data set whose layout is written: scannet, s3dis or sunrgbd")
            Layout layout,

            @Doc("rooms to learn from (of S3DIS: of areas 1, 2, 3, 4 and 6)") @Default("5") @Min(1)
            int train,

            @Doc("rooms to validate with (of S3DIS: of area 5; of SUN RGB-D: to test with)") @Default("2") @Min(1)
            int val,

            @Doc("rooms of ScanNet without labels") @Default("1") @Min(0)
            int test,

            @Doc("chooses the rooms; the same seed gives the same files") @Default("0")
            long seed,

            @Doc("depth pictures taken of each room; of SUN RGB-D each is a view of its own")
            @Default("6")
            @Min(1)
            @Max(200)
            int cameras,

            @Doc("points of each picture, relative to the usual 6,000 or so; of SUN RGB-D to 640 x 480")
            @Default("1")
            @Positive
            @Max(100)
            double density,

            @Doc("frames of the recording (.sens) of each ScanNet room; 0 writes none") @Default("0") @Min(0)
            int frames) {}

    /** A room to write: which one, and of which stream. */
    record Room(String name, Split split, int index) {}

    @Override
    public String name() {
        return "synthetic-raw";
    }

    @Override
    public String summary() {
        return "Writes synthetic rooms in the raw layout of ScanNet, S3DIS or SUN RGB-D, to try their whole way.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        Path target = context.resolve(config.target());
        RawRooms rooms = new RawRooms(config);
        RawLayout layout = switch (config.layout()) {
            case SCANNET -> new RawScannetLayout(config.frames());
            case S3DIS -> new RawS3disLayout();
            case SUNRGBD -> RawSunRgbdLayout.of(config.cameras(), config.density());
        };
        String settings =
                "synthetic-raw " + config.toString().replace(config.target().toString(), "");
        return new RawPreparation(
                new RawPreparation.Plan(
                        target,
                        settings,
                        () -> rooms.all().stream()
                                .map(room ->
                                        new RawScene(layout.name(room), List.of(), to -> layout.write(rooms, room, to)))
                                .toList(),
                        figures -> layout.finish(rooms, target)),
                context.parallel());
    }

    /** The rooms of a configuration; the same as those of {@code synthetic-rooms} with the same keys. */
    record RawRooms(Config config) {

        private static final RoomSettings SETTINGS = RoomSettings.defaults();

        List<Room> all() {
            List<Room> all = new ArrayList<>();
            add(all, Split.TRAIN, config.train());
            add(all, Split.VAL, config.val());
            if (config.layout() == Layout.SCANNET) {
                add(all, Split.TEST, config.test());
            }
            return all;
        }

        private static void add(List<Room> to, Split split, int count) {
            for (int i = 0; i < count; i++) {
                to.add(new Room(split.name().toLowerCase(Locale.ROOT) + "-" + i, split, i));
            }
        }

        private long seed(Room room) {
            return Seeds.mix(config.seed(), room.split().stream(), room.index());
        }

        org.scenecontexts.datasets.synthetic.Room room(Room room) {
            return RoomGenerator.room(SETTINGS, SETTINGS.type(room.index()), Seeds.mix(seed(room), 1));
        }

        /** As {@code synthetic-rooms} sees it. */
        Scene scene(Room room) {
            org.scenecontexts.datasets.synthetic.Room made = room(room);
            return RoomScanner.scan(
                    made,
                    room.name(),
                    RoomGenerator.poses(made, config.cameras(), Seeds.mix(seed(room), 2)),
                    ScanSettings.of(config.density(), 1),
                    Seeds.mix(seed(room), 3));
        }

        /** Pictures of it from further places. */
        List<RoomFrame> frames(Room room, int count, int width, int height) {
            org.scenecontexts.datasets.synthetic.Room made = room(room);
            return RoomGenerator.poses(made, count, Seeds.mix(seed(room), 4)).stream()
                    .map(pose -> RoomFrame.take(made, pose, width, height))
                    .toList();
        }
    }
}
