package org.scenecontexts.datasets.synthetic;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.scenecontexts.datasets.raw.SceneOutput;

/**
 * Rooms as SUN RGB-D has them: each picture is an image of its own in {@code SUNRGBD/kv1/synthetic}, with depth, colour and
 * calibration; tables of MATLAB say where they are, how their cameras stood and what stands in them.
 *
 * @param cameras pictures of each room
 * @param width pixels
 * @param height pixels
 */
record RawSunRgbdLayout(int cameras, int width, int height) implements RawLayout {

    static final String IMAGES = "kv1/synthetic/";

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int SMALLEST = 16;
    private static final int SHIFT = 3;

    /** @param density pixels relative to those of a real image */
    static RawSunRgbdLayout of(int cameras, double density) {
        double side = Math.sqrt(density);
        return new RawSunRgbdLayout(cameras, (int) Math.max(SMALLEST, Math.round(WIDTH * side)), (int)
                Math.max(SMALLEST, Math.round(HEIGHT * side)));
    }

    @Override
    public String name(RawRoomsFactory.Room room) {
        return room.name();
    }

    /** All pictures of a room, in order. */
    List<SunRgbdPicture> pictures(RawRoomsFactory.RawRooms rooms, RawRoomsFactory.Room room) {
        List<RoomFrame> frames = rooms.frames(room, cameras, width, height);
        List<RoomItem> items = rooms.room(room).items();
        return IntStream.range(0, frames.size())
                .mapToObj(i -> new SunRgbdPicture(IMAGES + room.name() + "-" + i, frames.get(i), items))
                .toList();
    }

    @Override
    public void write(RawRoomsFactory.RawRooms rooms, RawRoomsFactory.Room room, SceneOutput to) {
        for (SunRgbdPicture picture : pictures(rooms, room)) {
            String folder = "SUNRGBD/" + picture.folder() + "/";
            to.bytes(folder + SunRgbdPicture.DEPTH, encoded(depth(picture.frame()), "png"));
            to.bytes(folder + SunRgbdPicture.COLOUR, encoded(picture.frame().colour(), "jpg"));
            to.bytes(folder + "intrinsics.txt", text(picture.lens(), 3));
            to.bytes(folder + "extrinsics/20140601000000.txt", text(picture.extrinsics(), 4));
            to.bytes(
                    folder + "scene.txt",
                    rooms.room(room)
                            .type()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Bits turned by three places, as the sensors of the data set wrote them. */
    private static BufferedImage depth(RoomFrame frame) {
        BufferedImage image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_USHORT_GRAY);
        short[] data = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < data.length; i++) {
            int millimetres = Short.toUnsignedInt(frame.depth()[i]);
            data[i] = (short) (millimetres << SHIFT | millimetres >>> (16 - SHIFT));
        }
        return image;
    }

    private static byte[] encoded(RenderedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var to = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, to)) {
                throw new IOException("no writer of " + format + " for this kind of image");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(double[] matrix, int columns) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < matrix.length / columns; row++) {
            text.append(Arrays.stream(matrix, row * columns, (row + 1) * columns)
                            .mapToObj(Double::toString)
                            .collect(Collectors.joining(" ")))
                    .append(" \n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The test images come first, as in the data set. */
    @Override
    public void finish(RawRoomsFactory.RawRooms rooms, Path target) {
        List<RawRoomsFactory.Room> order = rooms.all().stream()
                .sorted(Comparator.comparing(room -> room.split() == Split.TRAIN))
                .toList();
        SunRgbdTables tables = new SunRgbdTables();
        for (RawRoomsFactory.Room room : order) {
            pictures(rooms, room).forEach(picture -> tables.add(picture, room.split() == Split.TRAIN));
        }
        tables.write(target);
    }
}
