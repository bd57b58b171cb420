package org.scenecontexts.datasets.synthetic;

import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * One picture of a room by an ideal depth camera whose rays go through the middles of its pixels, as recordings and single
 * images of real data sets are stored.
 *
 * @param pose where the camera stands
 * @param width pixels
 * @param height pixels
 * @param focal focal length, pixels
 * @param depth millimetres, unsigned, 0 where nothing was measured, {@code [height * width]}
 * @param items number of the room's item that each pixel shows, or -1
 * @param colour the picture
 */
record RoomFrame(
        CameraPose pose, int width, int height, double focal, short[] depth, int[] items, BufferedImage colour) {

    private static final double FIELD_OF_VIEW = Math.toRadians(60);
    private static final double FARTHEST = 6;

    /** Always one half: rays through the middles of pixels. */
    private static final RandomGenerator MIDDLE = () -> 1L << 63;

    static RoomFrame take(Room room, CameraPose pose, int width, int height) {
        DepthCamera camera = new DepthCamera(width, height, FIELD_OF_VIEW);
        camera.look(room.primitives(), pose, MIDDLE);
        short[] depth = new short[width * height];
        int[] items = new int[depth.length];
        BufferedImage colour = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < depth.length; i++) {
            boolean measured = camera.seen(i) >= 0 && camera.depth(i) <= FARTHEST;
            depth[i] = measured ? (short) Math.round(1000 * camera.depth(i)) : 0;
            items[i] = -1;
            if (measured) {
                Primitive seen = room.primitives().get(camera.seen(i));
                items[i] = seen.item;
                colour.setRGB(i % width, i / width, rgb(seen.material));
            }
        }
        return new RoomFrame(
                pose, width, height, width / 2.0 / StrictMath.tan(FIELD_OF_VIEW / 2), depth, items, colour);
    }

    private static int rgb(Material material) {
        return channel(material.red()) << 16 | channel(material.green()) << 8 | channel(material.blue());
    }

    private static int channel(double value) {
        return (int) Math.rint(255 * Math.clamp(value, 0.0, 1.0));
    }

    /** Column of the optical axis, counted from 0 at the middle of the first pixel. */
    double centreX() {
        return width / 2.0 - 0.5;
    }

    /** Row of the optical axis. */
    double centreY() {
        return height / 2.0 - 0.5;
    }

    /** Camera (x right, y down, z forward) to room, row-major, {@code [4, 4]}. */
    double[] cameraToRoom() {
        double[] a = pose.axes();
        return new double[] {
            a[0], -a[3], a[6], pose.x(), a[1], -a[4], a[7], pose.y(), a[2], -a[5], a[8], pose.z(), 0, 0, 0, 1
        };
    }

    /** Row-major, {@code [4, 4]}. */
    double[] intrinsics() {
        return new double[] {focal, 0, centreX(), 0, 0, focal, centreY(), 0, 0, 0, 1, 0, 0, 0, 0, 1};
    }
}
