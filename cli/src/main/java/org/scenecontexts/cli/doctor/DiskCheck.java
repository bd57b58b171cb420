package org.scenecontexts.cli.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How much room there is for runs, and how long a checkpoint takes to be safe on the disk. */
record DiskCheck(Path runs, Disk disk) implements Check {

    private static final long GIBI = 1L << 30;
    private static final double SLOW = 20e6;

    /** A disk, which tests make up. */
    interface Disk {

        /** Bytes that this user may still write. */
        long free(Path folder) throws IOException;

        /** Name of the file system. */
        String type(Path folder) throws IOException;

        /** Writes so many bytes, waits until they are on the disk, and takes them away again; seconds. */
        double write(Path folder, int bytes) throws IOException;
    }

    /** The real one. */
    static final class RealDisk implements Disk {

        @Override
        public long free(Path folder) throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }

        @Override
        public String type(Path folder) throws IOException {
            FileStore store = Files.getFileStore(folder);
            return store.type();
        }

        @Override
        public double write(Path folder, int bytes) throws IOException {
            // Chance, since some file systems store zeros without writing them.
            byte[] block = new byte[1 << 20];
            new SplittableRandom(1).nextBytes(block);
            Path file = Files.createTempFile(folder, ".csc-doctor-", "");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long begin = System.nanoTime();
                for (int written = 0; written < bytes; ) {
                    written += channel.write(ByteBuffer.wrap(block, 0, Math.min(block.length, bytes - written)));
                }
                channel.force(true);
                return (System.nanoTime() - begin) / 1e9;
            } finally {
                Files.delete(file);
            }
        }
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public List<Finding> run() {
        Path folder = WriteCheck.existing(runs);
        List<Finding> findings = new ArrayList<>();
        try {
            long free = disk.free(folder);
            String type = disk.type(folder);
            String room = Surroundings.gibi(free) + " free for runs in " + runs + " (" + type + ")";
            String remedy = "say --runs FOLDER on another disk, or remove old runs: 'csc runs list' names them";
            if (free < GIBI / 4) {
                findings.add(Finding.problem(room, remedy));
                return findings;
            }
            findings.add(free < 5 * GIBI ? Finding.warning(room, remedy) : Finding.ok(room));
            if (type.matches("(?i)tmpfs|ramfs")) {
                findings.add(Finding.warning(
                        "runs in " + runs + " lie in memory (" + type + ") and are gone when the machine stops",
                        "say --runs FOLDER on a disk"));
            }
            int bytes = 32 << 20;
            double rate = bytes / disk.write(folder, bytes);
            String speed = String.format(Locale.ROOT, "%.0f MB/s written and safe on the disk", rate / 1e6);
            findings.add(
                    rate < SLOW
                            ? Finding.warning(
                                    speed, "put runs on a local disk with --runs FOLDER: checkpoints wait for it")
                            : Finding.ok(speed));
        } catch (IOException | SecurityException e) {
            findings.add(Finding.problem(
                    "the disk of " + runs + " could not be tried: " + e, "look at its space, quota and permissions"));
        }
        return findings;
    }
}
