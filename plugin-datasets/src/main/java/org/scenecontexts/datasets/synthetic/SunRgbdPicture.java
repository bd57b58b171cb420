package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tables of SUN RGB-D say about one picture of a room: its frame lies upright at the camera, x to the right, y to where
 * the camera looks, z up.
 *
 * @param folder of the image, below {@code SUNRGBD}
 * @param frame the picture
 * @param items everything in the room
 */
record SunRgbdPicture(String folder, RoomFrame frame, List<RoomItem> items) {

    static final String DEPTH = "depth/0000001.png";
    static final String COLOUR = "image/0000001.jpg";

    /** A thing must be seen by so many pixels to be labelled. */
    private static final int LEAST_PIXELS = 20;

    /**
     * A thing that is seen.
     *
     * @param centre in the frame of the picture, metres
     * @param heading about z in that frame, radians
     * @param rectangle x, y, width and height in pixels counted from 1
     */
    record Seen(RoomItem item, double[] centre, double heading, double[] rectangle) {}

    /** Focal lengths and centre, pixels counted from 1, row-major, {@code [3, 3]}. */
    double[] lens() {
        return new double[] {
            frame.focal(), 0, frame.centreX() + 1, 0, frame.focal(), frame.centreY() + 1, 0, 0, 1,
        };
    }

    /** Turns the camera's frame (x right, y forward, z up) upright, row-major, {@code [3, 3]}. */
    double[] tilt() {
        double[] a = frame.pose().axes();
        double flat = Math.hypot(a[6], a[7]);
        return new double[] {1, 0, 0, 0, flat, -a[8], 0, a[8], flat};
    }

    /** The tilt for axes that point right, down and forward, and no shift, row-major, {@code [3, 4]}. */
    double[] extrinsics() {
        double[] t = tilt();
        return new double[] {t[0], -t[2], t[1], 0, -t[6], t[8], -t[7], 0, t[3], -t[5], t[4], 0};
    }

    /** A place of the room in the frame of the picture, metres. */
    double[] upright(double x, double y, double z) {
        double[] a = frame.pose().axes();
        double dx = x - frame.pose().x();
        double dy = y - frame.pose().y();
        // Right is level, and level forward stands at its left.
        return new double[] {
            a[0] * dx + a[1] * dy, -a[1] * dx + a[0] * dy, z - frame.pose().z()
        };
    }

    /** Things of which enough is seen, in the order of the room. */
    List<Seen> seen() {
        int[] pixels = new int[items.size()];
        int[][] bounds = new int[items.size()][];
        for (int i = 0; i < frame.items().length; i++) {
            int item = frame.items()[i];
            if (item < 0) {
                continue;
            }
            int u = i % frame.width();
            int v = i / frame.width();
            pixels[item]++;
            int[] b = bounds[item] == null ? new int[] {u, v, u, v} : bounds[item];
            bounds[item] = new int[] {Math.min(b[0], u), Math.min(b[1], v), Math.max(b[2], u), Math.max(b[3], v)};
        }
        double[] a = frame.pose().axes();
        double turn = StrictMath.atan2(a[1], a[0]);
        List<Seen> seen = new ArrayList<>();
        for (int k = 0; k < pixels.length; k++) {
            RoomItem item = items.get(k);
            if (item.type().isThing() && pixels[k] >= LEAST_PIXELS) {
                int[] b = bounds[k];
                seen.add(new Seen(
                        item,
                        upright(item.centreX(), item.centreY(), item.centreZ()),
                        item.heading() - turn,
                        new double[] {b[0] + 1, b[1] + 1, b[2] - b[0] + 1, b[3] - b[1] + 1}));
            }
        }
        return seen;
    }
}
