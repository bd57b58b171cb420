package org.scenecontexts.datasets.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Attributes;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.array.AtomicFile;

/**
 * A scene as its file will be: the same scene gives the same bytes.
 *
 * @param start fixed part and table
 * @param header what the table says
 */
record SceneImage(byte[] start, SceneHeader header, List<Section> sections) {

    static final byte[] MAGIC = "CSCSCENE".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int FIXED = 32;

    /** Numbers of a box: centre, lengths, heading. */
    static final int BOX_NUMBERS = 7;

    static SceneImage of(Scene scene, SceneClasses classes) {
        List<Section> sections = new ArrayList<>();
        core(scene, sections);
        attributes(scene.attributes(), sections);
        // The table's length does not depend on where the sections lie, so that places can be filled in afterwards.
        SceneHeader draft = header(scene, classes, sections, 0);
        SceneHeader header = header(scene, classes, sections, aligned(FIXED + (long) draft.bytes().length));
        byte[] table = header.bytes();
        long length = header.entries().stream()
                .mapToLong(entry -> entry.at() + entry.bytes())
                .max()
                .orElse(FIXED + (long) table.length);
        ByteBuffer start = ByteBuffer.allocate(FIXED + table.length).order(ByteOrder.LITTLE_ENDIAN);
        start.put(MAGIC).putInt(VERSION).putInt(table.length).putLong(length).putInt(crc(table, table.length));
        start.putInt(crc(start.array(), FIXED - Integer.BYTES)).put(table);
        return new SceneImage(start.array(), header, sections);
    }

    private static void core(Scene scene, List<Section> to) {
        to.add(Section.of(Section.Role.CORE, "positions", 3, 0, scene.positions()));
        if (scene.colours().length > 0) {
            to.add(Section.colours("colours", scene.colours()));
        }
        if (scene.normals().length > 0) {
            to.add(Section.of(Section.Role.CORE, "normals", 3, 0, scene.normals()));
        }
        if (scene.labels().length > 0) {
            to.add(Section.of(Section.Role.CORE, "labels", 1, scene.labels()));
        }
        if (scene.instances().length > 0) {
            to.add(Section.of(Section.Role.CORE, "instances", 1, scene.instances()));
        }
        if (!scene.boxes().isEmpty()) {
            double[] numbers = scene.boxes().stream()
                    .flatMapToDouble(box -> Arrays.stream(numbers(box)))
                    .toArray();
            int[] kinds = scene.boxes().stream()
                    .flatMapToInt(box -> Arrays.stream(new int[] {box.label(), box.instance()}))
                    .toArray();
            to.add(Section.of("boxes", BOX_NUMBERS, numbers));
            to.add(Section.of(Section.Role.CORE, "box-kinds", 2, kinds));
        }
    }

    private static double[] numbers(Box box) {
        return new double[] {
            box.centreX(), box.centreY(), box.centreZ(), box.sizeX(), box.sizeY(), box.sizeZ(), box.heading()
        };
    }

    private static void attributes(Attributes attributes, List<Section> to) {
        attributes.points().values().forEach(attribute -> to.add(section(Section.Role.POINTS, attribute)));
        attributes.scene().values().forEach(attribute -> to.add(section(Section.Role.SCENE, attribute)));
        if (attributes.objectIds().length > 0 || !attributes.objects().isEmpty()) {
            to.add(Section.of(Section.Role.CORE, "object-ids", 1, attributes.objectIds()));
        }
        attributes.objects().values().forEach(attribute -> to.add(section(Section.Role.OBJECTS, attribute)));
    }

    private static Section section(Section.Role role, Attribute attribute) {
        return switch (attribute) {
            case Attribute.Floats floats ->
                Section.of(role, floats.name(), floats.width(), floats.offset(), floats.values());
            case Attribute.Ints ints -> Section.of(role, ints.name(), ints.width(), ints.values());
        };
    }

    private static SceneHeader header(Scene scene, SceneClasses classes, List<Section> sections, long first) {
        List<SceneHeader.Entry> entries = new ArrayList<>();
        long at = first;
        for (Section section : sections) {
            entries.add(new SceneHeader.Entry(
                    section.role(),
                    section.name(),
                    section.kind(),
                    section.width(),
                    section.offset(),
                    at,
                    section.bytes().length,
                    first == 0 ? 0 : section.crc()));
            at = aligned(at + section.bytes().length);
        }
        return new SceneHeader(scene.id(), scene.size(), scene.origin(), classes, entries);
    }

    private static long aligned(long at) {
        return Math.ceilDiv(at, SceneHeader.ALIGNMENT) * SceneHeader.ALIGNMENT;
    }

    static int crc(byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        return (int) crc.getValue();
    }

    /** Whether a file is this scene already; a damaged one is not. */
    boolean isIn(Path file) {
        try {
            return Files.isRegularFile(file) && Arrays.equals(SceneFile.start(file), start) && SceneFile.intact(file);
        } catch (CloudException e) {
            // Whatever is there is no such scene; it is written anew.
            return false;
        }
    }

    /**
     * Writes the file and reads it back.
     *
     * @throws CloudException when the disk kept something else; nothing is left under the file's name then
     */
    void write(Path file) {
        AtomicFile.write(file, out -> {
            out.write(start);
            long at = start.length;
            for (int s = 0; s < sections.size(); s++) {
                SceneHeader.Entry entry = header.entries().get(s);
                out.write(new byte[Math.toIntExact(entry.at() - at)]);
                out.write(sections.get(s).bytes());
                at = entry.at() + entry.bytes();
            }
        });
        if (!isIn(file)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CloudException(
                        file + ": holds something else than was written, and cannot be removed: " + e, e);
            }
            throw new CloudException(file + ": holds something else than was written, and was removed; check the disk,"
                    + " then run the preparation again");
        }
    }
}
