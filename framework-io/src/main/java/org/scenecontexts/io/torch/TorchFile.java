package org.scenecontexts.io.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.scenecontexts.io.StandIns;

/**
 * Opens what {@code torch.save} wrote, in either of its formats, so that published weights and prepared scenes can be used.
 *
 * <p>Only the structure is read; tensors read their values from the file when asked. Nothing that the file names is ever
 * loaded or run (see {@link TorchValue}); whatever is not plain data is an error that names it. Source: REFERENCE 11.2.
 *
 * @param file where it was read from
 * @param format which of PyTorch's two containers it is
 * @param root what was saved
 * @since 0.1
 */
public record TorchFile(Path file, Format format, TorchValue root) {

    /** PyTorch's containers. */
    public enum Format {
        /** Four pickles and the storages in a row; written until PyTorch 1.5. */
        LEGACY,
        /** A zip archive; written since PyTorch 1.6. */
        ZIP
    }

    private static final int TAR_MARK = 257;

    /**
     * Reads a file's structure.
     *
     * @throws TorchFormatException when it is missing, damaged, of another kind, or holds anything but data
     */
    public static TorchFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TorchFormatException(
                    file,
                    "file",
                    "there is no such file",
                    "check the name; relative names start at the working directory");
        }
        StandIns.refuse(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] start = new byte[TAR_MARK + 5];
            int read = channel.read(ByteBuffer.wrap(start), 0);
            if (read >= 4 && start[0] == 'P' && start[1] == 'K') {
                return new TorchFile(file, Format.ZIP, ZipContainer.read(file, channel));
            }
            if (read >= 2 && start[0] == (byte) 0x80) {
                return new TorchFile(file, Format.LEGACY, LegacyContainer.read(file, channel));
            }
            boolean tar = read == start.length
                    && new String(start, TAR_MARK, 5, java.nio.charset.StandardCharsets.US_ASCII).equals("ustar");
            throw new TorchFormatException(
                    file,
                    "byte 0",
                    tar
                            ? "is a tar archive"
                            : read <= 0 ? "the file is empty" : "is neither a zip archive nor a pickle",
                    "a file written by torch.save is expected");
        } catch (IOException e) {
            throw new TorchFormatException(file, "file", "cannot be read: " + e, TorchFormatException.DAMAGED, e);
        }
    }

    @Override
    public String toString() {
        return file + " (" + format + ")";
    }
}
