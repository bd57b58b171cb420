package org.scenecontexts.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;

/** A cloud from above in the colours of its file, which for files of results are those of the predicted classes. */
final class TopPicture {

    private static final int SIDE = 200;

    private TopPicture() {}

    /** The picture as an address that a page can hold: a PNG without background, 200 pixels along its longer side. */
    static String address(Path file, List<CloudReader> readers) {
        PointCloud cloud = CloudFiles.read(file, readers);
        CloudScene converted = CloudScenes.convert(cloud, cloud.source());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(draw(converted.scene()), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static BufferedImage draw(Scene scene) {
        float[] places = scene.positions();
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < scene.size(); i++) {
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = Math.min(low[axis], places[3 * i + axis]);
                high[axis] = Math.max(high[axis], places[3 * i + axis]);
            }
        }
        double pixel = Math.max(Math.max(high[0] - low[0], high[1] - low[1]), 1e-9) / (SIDE - 1);
        int width = (int) ((high[0] - low[0]) / pixel) + 1;
        int height = (int) ((high[1] - low[1]) / pixel) + 1;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        float[] top = new float[width * height];
        Arrays.fill(top, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < scene.size(); i++) {
            int x = (int) ((places[3 * i] - low[0]) / pixel);
            int y = height - 1 - (int) ((places[3 * i + 1] - low[1]) / pixel);
            if (places[3 * i + 2] > top[y * width + x]) {
                top[y * width + x] = places[3 * i + 2];
                picture.setRGB(x, y, 0xFF000000 | colour(scene, i));
            }
        }
        return picture;
    }

    private static int colour(Scene scene, int i) {
        if (!scene.hasColours()) {
            return 0x7A8CA5;
        }
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
            colour = colour << 8 | Math.clamp(Math.round(scene.colours()[3 * i + channel]), 0, 255);
        }
        return colour;
    }
}
