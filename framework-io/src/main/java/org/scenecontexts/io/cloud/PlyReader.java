package org.scenecontexts.io.cloud;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.cloud.PlyHeader.Element;
import org.scenecontexts.io.cloud.PlyHeader.Property;

/**
 * Reads PLY files: the properties of the vertices (lists too where all have one length), the faces, and past everything else,
 * which it names.
 */
final class PlyReader {

    private static final int RAGGED = -1;

    private final String file;
    private final byte[] bytes;
    private final PlyHeader header;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private List<Column> columns = List.of();
    private int points;
    private int[] faceStarts = {};
    private int[] faceVertices = {};

    private PlyReader(byte[] bytes, String file) {
        this.file = file;
        this.bytes = bytes;
        this.header = PlyHeader.read(bytes, file);
    }

    static PointCloud read(byte[] bytes, String file) {
        PlyReader reader = new PlyReader(bytes, file);
        if (reader.header.elements().stream().noneMatch(e -> e.name().equals("vertex"))) {
            throw new CloudException(file + ": the header declares no element 'vertex'; it declares "
                    + reader.header.elements().stream().map(Element::name).toList());
        }
        if (reader.header.order().isPresent()) {
            reader.readBinary(reader.header.order().get());
        } else {
            reader.readText();
        }
        return reader.cloud();
    }

    private PointCloud cloud() {
        CloudFiles.requirePoints(points, file);
        if (columns.isEmpty()) {
            throw new CloudException(file + ": its vertices have no scalar property; x, y and z are expected");
        }
        for (int vertex : faceVertices) {
            if (vertex < 0 || vertex >= points) {
                warnings.add(file + ": a face names vertex " + vertex + ", but there are " + points
                        + "; faces are left out");
                faceStarts = new int[0];
                faceVertices = new int[0];
                break;
            }
        }
        unread();
        CloudLayout plain = CloudLayout.of(points);
        return new PointCloud(
                file,
                columns,
                new CloudLayout(points, 1, plain.viewpoint(), header.comments(), faceStarts, faceVertices),
                warnings);
    }

    /** Names what the file has besides vertices and faces. */
    private void unread() {
        for (Element element : header.elements()) {
            boolean faces = element.name().equals("face");
            if (element.count() == 0 || element.name().equals("vertex")) {
                continue;
            }
            List<String> names = element.properties().stream()
                    .filter(property -> !(faces && isCorners(property)))
                    .map(Property::name)
                    .toList();
            if (!faces) {
                unread.add("element '" + element.name() + "' (" + element.count() + " rows)");
            } else if (!names.isEmpty()) {
                unread.add("properties " + names + " of the faces");
            }
        }
        if (!unread.isEmpty()) {
            warnings.add(file + ": not read: " + String.join(", ", unread));
        }
    }

    /** Whether a property of faces lists their vertices. */
    private static boolean isCorners(Property property) {
        boolean named =
                property.name().equals("vertex_indices") || property.name().equals("vertex_index");
        return named && !property.type().isFloating();
    }

    private void readBinary(ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        long at = header.dataStart();
        for (Element element : header.elements()) {
            boolean vertex = element.name().equals("vertex");
            if (element.hasLists()) {
                at = readLists(element, buffer, at);
                continue;
            }
            Fields fields = element.fields();
            fields.checkPayload(file + ", element '" + element.name() + "'", element.count(), bytes.length - at);
            if (vertex) {
                points = (int) element.count();
                columns = fields.interleaved(buffer, points, (int) at);
            }
            at += fields.stride() * element.count();
        }
        if (bytes.length - at > 2) {
            warnings.add(file + ": " + (bytes.length - at)
                    + " bytes follow the last element and are not read; check the counts of the header");
        }
    }

    /** Elements with lists have rows of different lengths, so that each row has to be walked. */
    private long readLists(Element element, ByteBuffer buffer, long from) {
        boolean vertex = element.name().equals("vertex");
        long least = element.properties().stream()
                .mapToLong(p -> p.listCount().orElse(p.type()).bytes())
                .sum();
        String place = file + ", element '" + element.name() + "'";
        if (element.count() > (bytes.length - from) / Math.max(1, least)) {
            throw truncated(place, element.count(), 0);
        }
        Rows rows = new Rows(element, vertex);
        int at = (int) from;
        for (int row = 0; row < element.count(); row++) {
            for (int p = 0; p < element.properties().size(); p++) {
                Property property = element.properties().get(p);
                int length = 1;
                if (property.listCount().isPresent()) {
                    var countType = property.listCount().get();
                    if (bytes.length - at < countType.bytes()) {
                        throw truncated(place, element.count(), row);
                    }
                    double count = RecordCodec.number(countType, buffer, at);
                    at += countType.bytes();
                    if (!(count >= 0 && count <= bytes.length) || count != Math.rint(count)) {
                        throw new CloudException(place + ", row " + row + ": the list '" + property.name() + "' has "
                                + count + " entries, which cannot be; the file is damaged");
                    }
                    length = (int) count;
                }
                long size = (long) length * property.type().bytes();
                if (size > bytes.length - at) {
                    throw truncated(place, element.count(), row);
                }
                rows.take(p, row, length, buffer, at);
                at += (int) size;
            }
        }
        rows.finish();
        return at;
    }

    private CloudException truncated(String place, long promised, int whole) {
        return new CloudException(place + ": the header promises " + promised + " rows, but the file ends in row "
                + whole + "; it is truncated: copy it again");
    }

    private void readText() {
        TextCursor cursor = new TextCursor(bytes, header.dataStart(), header.lines(), file);
        for (Element element : header.elements()) {
            if (element.name().equals("vertex") && !element.hasLists()) {
                element.fields()
                        .checkText(file + ", element 'vertex'", element.count(), bytes.length - cursor.position());
                points = (int) element.count();
                columns = element.fields().text(cursor, points);
            } else {
                readTextLists(element, cursor);
            }
        }
        if (cursor.nextWords(' ')) {
            warnings.add(file + ", line " + cursor.lineNumber()
                    + ": more lines follow the last element and are not read; check the counts of the header");
        }
    }

    private void readTextLists(Element element, TextCursor cursor) {
        boolean vertex = element.name().equals("vertex");
        if (element.properties().isEmpty()) {
            return;
        }
        long least = 2L * element.properties().size();
        if (element.count() > (bytes.length - cursor.position() + 1) / least) {
            throw truncated(file + ", element '" + element.name() + "'", element.count(), 0);
        }
        Rows rows = new Rows(element, vertex);
        for (int row = 0; row < element.count(); row++) {
            if (!cursor.nextWords(' ')) {
                throw cursor.wrong("element '" + element.name() + "' should have " + element.count()
                        + " rows, but the file ends after " + row + "; it is truncated: copy it again");
            }
            int word = 0;
            for (int p = 0; p < element.properties().size(); p++) {
                Property property = element.properties().get(p);
                int length = 1;
                if (property.listCount().isPresent()) {
                    double count = word < cursor.words() ? cursor.number(word) : -1;
                    word++;
                    if (!(count >= 0 && count <= cursor.words()) || count != Math.rint(count)) {
                        throw cursor.wrong("the list '" + property.name() + "' does not fit the line; correct it");
                    }
                    length = (int) count;
                }
                if (length > cursor.words() - word) {
                    throw cursor.wrong("row " + row + " of element '" + element.name() + "' has " + cursor.words()
                            + " values, more are expected; correct the line");
                }
                rows.take(p, row, length, cursor, word);
                word += length;
            }
        }
        rows.finish();
    }

    /** Collects what is kept of an element with lists: scalar vertex properties, or the vertices of faces. */
    private final class Rows {
        private final Element element;
        private final List<RecordCodec.Builder> builders = new ArrayList<>();
        private final int[] widths;
        private final boolean vertex;
        private final int faceProperty;
        private int[] vertices = new int[16];
        private int[] starts = new int[16];
        private int used;
        private int faces;

        Rows(Element element, boolean vertex) {
            this.element = element;
            this.vertex = vertex;
            widths = new int[element.properties().size()];
            int found = -1;
            for (int p = 0; p < element.properties().size(); p++) {
                Property property = element.properties().get(p);
                boolean kept = vertex && property.listCount().isEmpty();
                builders.add(new RecordCodec.Builder(property.type(), kept ? (int) element.count() : 0, 1));
                if (element.name().equals("face") && isCorners(property)) {
                    found = p;
                }
            }
            faceProperty = found;
        }

        void take(int p, int row, int length, ByteBuffer from, int at) {
            Property property = element.properties().get(p);
            if (vertex && property.listCount().isEmpty()) {
                builders.get(p).put(row, from, at);
            } else if (vertex) {
                boolean fits = fits(p, row, length);
                for (int i = 0; fits && i < length; i++) {
                    builders.get(p)
                            .put(
                                    row * length + i,
                                    from,
                                    at + i * property.type().bytes());
                }
            } else if (p == faceProperty) {
                roomForFace(length);
                for (int i = 0; i < length; i++) {
                    addCorner(RecordCodec.number(
                            property.type(), from, at + i * property.type().bytes()));
                }
                starts[++faces] = used;
            }
        }

        void take(int p, int row, int length, TextCursor from, int word) {
            Property property = element.properties().get(p);
            if (vertex && property.listCount().isEmpty()) {
                put(builders.get(p), row, from, word, property);
            } else if (vertex) {
                boolean fits = fits(p, row, length);
                for (int i = 0; fits && i < length; i++) {
                    put(builders.get(p), row * length + i, from, word + i, property);
                }
            } else if (p == faceProperty) {
                roomForFace(length);
                for (int i = 0; i < length; i++) {
                    addCorner(from.number(word + i));
                }
                starts[++faces] = used;
            }
        }

        private void put(RecordCodec.Builder to, int index, TextCursor from, int word, Property property) {
            if (!to.put(index, from.number(word))) {
                throw from.wrong("'" + Printable.excerpt(from.word(word)) + "' of '" + property.name()
                        + "' does not fit its type " + property.type() + "; correct the line or the header");
            }
        }

        /** Whether the lists of a vertex property have had one length so far; the first decides which. */
        private boolean fits(int p, int row, int length) {
            if (row == 0) {
                long values = element.count() * length;
                boolean believable = values <= bytes.length;
                widths[p] = believable ? length : RAGGED;
                builders.set(
                        p,
                        new RecordCodec.Builder(
                                element.properties().get(p).type(), believable ? (int) element.count() : 0, length));
            } else if (widths[p] != length) {
                widths[p] = RAGGED;
                builders.set(
                        p, new RecordCodec.Builder(element.properties().get(p).type(), 0, 1));
            }
            return widths[p] != RAGGED;
        }

        /** Faces come by the million: no object may be made for one. */
        private void roomForFace(int corners) {
            if (faces + 2 > starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            if (used + corners > vertices.length) {
                vertices = Arrays.copyOf(vertices, Math.max(used + corners, 2 * vertices.length));
            }
        }

        private void addCorner(double vertex) {
            vertices[used++] = vertex >= 0 && vertex <= Integer.MAX_VALUE ? (int) vertex : -1;
        }

        void finish() {
            if (vertex) {
                points = (int) element.count();
                List<Column> kept = new ArrayList<>();
                for (int p = 0; p < builders.size(); p++) {
                    Property property = element.properties().get(p);
                    boolean list = property.listCount().isPresent();
                    if (!list || widths[p] > 0) {
                        kept.add(new Column(property.name(), builders.get(p).array()));
                    } else if (widths[p] == RAGGED) {
                        unread.add("list '" + property.name() + "' of the vertices (of different lengths)");
                    }
                }
                columns = kept;
            } else if (faces > 0) {
                faceStarts = Arrays.copyOf(starts, faces + 1);
                faceVertices = Arrays.copyOf(vertices, used);
            }
        }
    }
}
