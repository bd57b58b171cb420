package org.scenecontexts.cli.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes what is inside a zip archive and packs it again with the right sums, so that readers get past them. */
final class Archives {

    private Archives() {}

    /** Every third mutant is the archive itself, changed; in the others one of its entries is. */
    static Mutations.Mutant mutant(List<byte[]> seeds, Mutations whole, List<String> tokens, long seed, int number) {
        if (number % 3 == 0) {
            return whole.get(number);
        }
        SplittableRandom random = new SplittableRandom(seed * 7919 + number);
        Map<String, byte[]> entries = entries(seeds.get(number % seeds.size()));
        List<String> names = new ArrayList<>(entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        if (entries.get(name).length > 0) {
            // The other entries are what parts of other files are taken from.
            List<byte[]> parts = new ArrayList<>(List.of(entries.get(name)));
            entries.values().stream().filter(part -> part.length > 0).forEach(parts::add);
            Mutations inner = new Mutations(parts, tokens, seed + number);
            entries.put(name, inner.get(number * parts.size()).bytes());
        }
        if (random.nextInt(8) == 0) {
            entries.put(names.get(random.nextInt(names.size())) + "x", entries.get(name));
        }
        return new Mutations.Mutant(pack(entries, random.nextBoolean()), "entry " + name);
    }

    static Map<String, byte[]> entries(byte[] zip) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pack(Map<String, byte[]> entries, boolean deflated) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (!deflated) {
                    CRC32 sum = new CRC32();
                    sum.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
