package org.scenecontexts.io.torch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Elements that lie in a file; opened for each read. */
final class FileStorage implements TorchStorage {

    private static final int BLOCK = 1 << 18;

    private final TorchType type;
    private final long elements;
    private volatile FileRegion region;
    private volatile boolean verified;

    FileStorage(TorchType type, long elements) {
        this.type = type;
        this.elements = elements;
    }

    /** Says where the values are; the oldest format tells only after the pickle. */
    FileStorage at(FileRegion place) {
        region = place;
        return this;
    }

    @Override
    public TorchType type() {
        return type;
    }

    @Override
    public long elements() {
        return elements;
    }

    /** Checks the checksum of the whole storage, once, on the way. */
    @Override
    public void read(long first, int count, Block block) {
        boolean whole = first == 0 && count == elements;
        if (!verified && !whole) {
            region.verify();
            verified = true;
        }
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[(int) Math.min(BLOCK, Math.max(1, (long) count * type.bytes()))];
        int perBlock = Math.max(1, buffer.length / type.bytes());
        try (InputStream in = region.open()) {
            in.skipNBytes(first * type.bytes());
            for (int done = 0; done < count; ) {
                int now = Math.min(perBlock, count - done);
                int bytes = now * type.bytes();
                if (in.readNBytes(buffer, 0, bytes) < bytes) {
                    throw new EOFException(
                            "the storage ends after " + (first + done) + " of " + elements + " elements");
                }
                if (whole && !verified) {
                    sum.update(buffer, 0, bytes);
                }
                block.take(ByteBuffer.wrap(buffer, 0, bytes).order(ByteOrder.LITTLE_ENDIAN), done, now);
                done += now;
            }
        } catch (IOException e) {
            throw region.unreadable(e);
        }
        if (whole && !verified) {
            region.check(sum, (long) count * type.bytes());
            verified = true;
        }
    }
}
