package org.scenecontexts.runtime.faulty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file that is written; the write that fails leaves half of it. */
final class FaultyChannel extends FileChannel {

    private final FileChannel real;
    private final Faults faults;
    private final Path path;

    FaultyChannel(FileChannel real, Faults faults, Path path) {
        this.real = real;
        this.faults = faults;
        this.path = path;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (faults.next()) {
            ByteBuffer half = from.slice();
            half.limit(half.remaining() / 2);
            real.write(half);
            throw faults.failure("write to " + path);
        }
        return real.write(from);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        faults.write("sync " + path);
        real.force(metadata);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(from[i]);
        }
        return written;
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new UnsupportedOperationException("nothing here writes at a place");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return real.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return real.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return real.read(into, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        faults.write("truncate " + path);
        real.truncate(size);
        return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return real.transferTo(position, count, to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
        throw new UnsupportedOperationException("nothing here copies from channels");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
