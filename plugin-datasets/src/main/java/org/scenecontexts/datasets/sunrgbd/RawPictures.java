package org.scenecontexts.datasets.sunrgbd;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.scenecontexts.api.data.CloudException;

/**
 * Reads pictures of the release, and refuses damaged ones: the decoders of the JDK give grey or black where a file is cut off,
 * and compare no checksums.
 */
final class RawPictures {

    private static final int PNG_HEADER = 8;
    /** Length, type and checksum of a chunk. */
    private static final int PNG_FRAME = 12;

    /** Some forty times those of the largest pictures; a damaged size must not ask for all memory. */
    private static final long MOST_PIXELS = 1 << 24;

    private static final int PNG_END = 0x49454E44;
    private static final String AGAIN = "; unpack SUNRGBD.zip again, or leave the image out with 'except'";

    private RawPictures() {}

    /** @throws CloudException when the file is no whole 16-bit PNG of one channel */
    static Raster depth(Path file) {
        byte[] bytes = bytes(file);
        checkPng(file, bytes);
        Raster raster = decode(file, bytes).getRaster();
        if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) != 16) {
            throw new CloudException(file + ": expected a depth picture of one channel of 16 bits, found "
                    + raster.getNumBands() + " of " + raster.getSampleModel().getSampleSize(0) + AGAIN);
        }
        return raster;
    }

    /** @throws CloudException when the file is no whole picture of 8 bits */
    static Raster colour(Path file) {
        Raster raster = decode(file, bytes(file)).getRaster();
        int bands = raster.getNumBands();
        if ((bands != 1 && bands != 3) || raster.getSampleModel().getSampleSize(0) != 8) {
            throw new CloudException(file + ": expected a picture of 3 channels of 8 bits, found " + bands + " of "
                    + raster.getSampleModel().getSampleSize(0) + AGAIN);
        }
        return raster;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    private static BufferedImage decode(Path file, byte[] bytes) {
        List<String> warnings = new ArrayList<>();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new CloudException(file + ": is no picture; it has " + bytes.length + " bytes" + AGAIN);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new CloudException(file + ": tells of " + reader.getWidth(0) + " x " + reader.getHeight(0)
                            + " pixels, expected " + MOST_PIXELS + " at most" + AGAIN);
                }
                reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
                BufferedImage image = reader.read(0);
                Optional<String> cut = warnings.stream()
                        .filter(warning -> warning.toLowerCase(Locale.ROOT).matches(".*(premature|truncated).*"))
                        .findFirst();
                if (cut.isPresent()) {
                    throw new CloudException(file + ": is cut off: " + cut.get() + AGAIN);
                }
                return image;
            } finally {
                reader.dispose();
            }
        } catch (CloudException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CloudException(file + ": cannot be decoded: " + e + AGAIN, e);
        }
    }

    /** All chunks are there and agree with their checksums. */
    private static void checkPng(Path file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int at = PNG_HEADER;
        while (at + PNG_FRAME <= bytes.length) {
            long size = Integer.toUnsignedLong(in.getInt(at));
            if (size > bytes.length - at - PNG_FRAME) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(bytes, at + 4, 4 + (int) size);
            if ((int) crc.getValue() != in.getInt(at + 8 + (int) size)) {
                throw new CloudException(file + ": is damaged in the chunk at byte " + at + AGAIN);
            }
            if (in.getInt(at + 4) == PNG_END) {
                return;
            }
            at += PNG_FRAME + (int) size;
        }
        throw new CloudException(file + ": is no whole PNG; it has " + bytes.length + " bytes, and no end" + AGAIN);
    }
}
