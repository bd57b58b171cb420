package org.scenecontexts.view;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/**
 * What a pre-training has learnt, seen at once: two views of a place side by side, points in the colours of their features, lines
 * from points to their matches. Where the network has learnt what it was asked for, both ends of a line have one colour.
 */
final class PairPicture {

    /** Side of the square that each view has. */
    private static final int SIDE = 420;

    private static final int GAP = 60;
    private static final int LINES = 60;
    private static final int DOT = 1;

    private final float[] first;
    private final float[] second;
    private final int[] matchFirst;
    private final int[] matchSecond;
    private final int[] colours;
    private double low0 = Double.MAX_VALUE;
    private double low1 = Double.MAX_VALUE;
    private double pixel = 1e-9;

    private PairPicture(Map<String, NpArray> arrays) {
        first = array(arrays, "positions0").floats();
        second = array(arrays, "positions1").floats();
        matchFirst = array(arrays, "matches0").ints();
        matchSecond = array(arrays, "matches1").ints();
        NpArray features0 = array(arrays, "features0");
        NpArray features1 = array(arrays, "features1");
        float[][] rows = new float[features0.dim(0) + features1.dim(0)][];
        rows(features0, rows, 0);
        rows(features1, rows, features0.dim(0));
        if (rows.length != (first.length + second.length) / 3) {
            throw new CloudException("features of " + rows.length + " points, positions of "
                    + (first.length + second.length) / 3 + "; train again");
        }
        colours = PrincipalColours.of(rows);
    }

    private static NpArray array(Map<String, NpArray> arrays, String name) {
        NpArray found = arrays.get(name);
        if (found == null) {
            throw new CloudException("not the pairs of a training: the array '" + name + "' is missing among "
                    + arrays.keySet() + "; train again");
        }
        return found;
    }

    private static void rows(NpArray features, float[][] rows, int from) {
        float[] all = features.floats();
        int width = features.dim(1);
        for (int i = 0; i < features.dim(0); i++) {
            rows[from + i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
    }

    /**
     * The picture and what is to be said of it, for the page of a run.
     *
     * @param file {@code pairs.npz} of a training
     */
    static Map<String, Object> of(Path file) {
        PairPicture pair = new PairPicture(Npz.readAll(file));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("picture", pair.address());
        told.put("points", pair.colours.length);
        told.put("matches", pair.matchFirst.length);
        told.put("lines", pair.lines());
        return told;
    }

    private String address() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(draw(), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private int lines() {
        return Math.min(LINES, matchFirst.length);
    }

    /** Both views in one scale, seen from a corner above. */
    BufferedImage draw() {
        fit();
        BufferedImage picture = new BufferedImage(2 * SIDE + GAP, SIDE, BufferedImage.TYPE_INT_ARGB);
        view(picture, first, 0, 0);
        view(picture, second, first.length / 3, SIDE + GAP);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.8f));
        pen.setStroke(new BasicStroke(1.2f));
        for (int k = 0; k < lines(); k++) {
            int[] from = place(first, matchFirst[match(k)], 0);
            int[] to = place(second, matchSecond[match(k)], SIDE + GAP);
            pen.setPaint(new GradientPaint(
                    from[0],
                    from[1],
                    new Color(colours[matchFirst[match(k)]]),
                    to[0],
                    to[1],
                    new Color(colours[first.length / 3 + matchSecond[match(k)]])));
            pen.drawLine(from[0], from[1], to[0], to[1]);
        }
        pen.dispose();
        // The ends of the lines again, in their own colours.
        for (int k = 0; k < lines(); k++) {
            dot(picture, place(first, matchFirst[match(k)], 0), colours[matchFirst[match(k)]]);
            dot(
                    picture,
                    place(second, matchSecond[match(k)], SIDE + GAP),
                    colours[first.length / 3 + matchSecond[match(k)]]);
        }
        return picture;
    }

    /** The match that a line is drawn for; they are spread over all. */
    private int match(int line) {
        return (int) ((long) line * matchFirst.length / lines());
    }

    private static void dot(BufferedImage picture, int[] at, int colour) {
        for (int y = at[1] - DOT; y <= at[1] + DOT; y++) {
            for (int x = at[0] - DOT; x <= at[0] + DOT; x++) {
                picture.setRGB(x, y, 0xFF000000 | colour);
            }
        }
    }

    private void fit() {
        double high0 = -Double.MAX_VALUE;
        double high1 = -Double.MAX_VALUE;
        for (float[] view : new float[][] {first, second}) {
            for (int i = 0; i < view.length / 3; i++) {
                double across = across(view, i);
                double up = up(view, i);
                low0 = Math.min(low0, across);
                low1 = Math.min(low1, up);
                high0 = Math.max(high0, across);
                high1 = Math.max(high1, up);
            }
        }
        pixel = Math.max(Math.max(high0 - low0, high1 - low1), 1e-9) / (SIDE - 1 - 2 * DOT);
    }

    private static double across(float[] view, int i) {
        return (view[3 * i] - view[3 * i + 1]) * Math.cos(Math.PI / 6);
    }

    private static double up(float[] view, int i) {
        return view[3 * i + 2] + (view[3 * i] + view[3 * i + 1]) * Math.sin(Math.PI / 6);
    }

    /** How near a point is to who looks. */
    private static double near(float[] view, int i) {
        return view[3 * i + 2] - view[3 * i] - view[3 * i + 1];
    }

    /** Where a point is seen, {@code {x, y}}. */
    private int[] place(float[] view, int i, int left) {
        int x = left + DOT + (int) ((across(view, i) - low0) / pixel);
        int y = SIDE - 1 - DOT - (int) ((up(view, i) - low1) / pixel);
        return new int[] {x, y};
    }

    private void view(BufferedImage picture, float[] view, int row, int left) {
        float[] nearest = new float[picture.getWidth() * picture.getHeight()];
        Arrays.fill(nearest, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < view.length / 3; i++) {
            int[] at = place(view, i, left);
            float near = (float) near(view, i);
            for (int y = at[1] - DOT; y <= at[1] + DOT; y++) {
                for (int x = at[0] - DOT; x <= at[0] + DOT; x++) {
                    if (near > nearest[y * picture.getWidth() + x]) {
                        nearest[y * picture.getWidth() + x] = near;
                        picture.setRGB(x, y, 0xFF000000 | colours[row + i]);
                    }
                }
            }
        }
    }

    /** For tests: the picture of a file. */
    static BufferedImage draw(Path file) {
        return new PairPicture(Npz.readAll(file)).draw();
    }
}
