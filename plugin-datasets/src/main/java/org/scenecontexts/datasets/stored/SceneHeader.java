package org.scenecontexts.datasets.stored;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.SceneClasses;

/**
 * What stands at the start of a stored scene, so that a folder can be looked through without reading points.
 *
 * <p>32 bytes, little endian: {@code CSCSCENE}, version (4 bytes), length of the table H (4), length of the file (8), CRC-32C of
 * the table (4), CRC-32C of the 28 bytes before (4). Then the table, H bytes, big endian as Java writes data: name of the scene, points
 * (8), origin (3 x 8), classes with colours, sections; texts have their length in four bytes before them. Then the sections, each at
 * a multiple of 64 bytes.
 *
 * @param id name of the scene
 * @param points N
 * @param entries the sections, in the order of the file
 */
record SceneHeader(String id, int points, Origin origin, SceneClasses classes, List<Entry> entries) {

    static final int ALIGNMENT = 64;

    private static final int LONGEST_TEXT = 1 << 16;
    private static final int MOST = 1 << 16;

    /** Where a section lies. */
    record Entry(
            Section.Role role, String name, Section.Kind kind, int width, double offset, long at, long bytes, int crc) {

        /** Numbers in it. */
        int count() {
            return Math.toIntExact(bytes / kind.bytes());
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, id);
            out.writeLong(points);
            out.writeDouble(origin.x());
            out.writeDouble(origin.y());
            out.writeDouble(origin.z());
            out.writeInt(classes.count());
            for (int k = 0; k < classes.count(); k++) {
                text(out, classes.names().get(k));
                out.writeInt(classes.palette().get(k));
            }
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.writeByte(entry.role().ordinal());
                text(out, entry.name());
                out.writeByte(entry.kind().ordinal());
                out.writeInt(entry.width());
                out.writeDouble(entry.offset());
                out.writeLong(entry.at());
                out.writeLong(entry.bytes());
                out.writeInt(entry.crc());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "a name of " + utf8.length + " bytes; at most " + LONGEST_TEXT + " are kept");
        }
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /**
     * Reads a table whose checksum has been found right: what is wrong in it was written so.
     *
     * @param length of the file, bytes
     * @throws CloudException when the table is none
     */
    static SceneHeader read(String file, byte[] table, long length) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(table))) {
            String id = text(in);
            long points = in.readLong();
            Origin origin = new Origin(in.readDouble(), in.readDouble(), in.readDouble());
            List<String> names = new ArrayList<>();
            List<Integer> palette = new ArrayList<>();
            for (int k = count(in, MOST); k > 0; k--) {
                names.add(text(in));
                palette.add(in.readInt());
            }
            List<Entry> entries = new ArrayList<>();
            for (int s = count(in, MOST); s > 0; s--) {
                entries.add(entry(in, length));
            }
            if (points < 0 || points > Integer.MAX_VALUE / 3) {
                throw new IOException(points + " points");
            }
            return new SceneHeader(id, (int) points, origin, new SceneClasses(names, palette), List.copyOf(entries));
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new CloudException(
                    file + ": the table of its contents is not one of this version (" + e.getMessage()
                            + "); prepare the scene again",
                    e);
        }
    }

    private static Entry entry(DataInputStream in, long length) throws IOException {
        Section.Role role = Section.Role.values()[count(in.readByte(), Section.Role.values().length - 1)];
        String name = text(in);
        Section.Kind kind = Section.Kind.values()[count(in.readByte(), Section.Kind.values().length - 1)];
        Entry entry =
                new Entry(role, name, kind, in.readInt(), in.readDouble(), in.readLong(), in.readLong(), in.readInt());
        boolean inside = entry.at() >= 0 && entry.bytes() >= 0 && entry.bytes() <= length - entry.at();
        if (!inside || entry.width() < 1 || entry.bytes() % ((long) kind.bytes() * entry.width()) != 0) {
            throw new IOException("section '" + name + "' of " + entry.bytes() + " bytes at byte " + entry.at());
        }
        return entry;
    }

    private static int count(DataInputStream in, int most) throws IOException {
        return count(in.readInt(), most);
    }

    private static int count(int found, int most) throws IOException {
        if (found < 0 || found > most) {
            throw new IOException("a count of " + found);
        }
        return found;
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] utf8 = new byte[count(in, LONGEST_TEXT)];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
