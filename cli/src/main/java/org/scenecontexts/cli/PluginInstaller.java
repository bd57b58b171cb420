package org.scenecontexts.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes a folder of a plugin out of its jar and the libraries that it needs, which are fetched and checked. The folder appears
 * whole or not at all: until then everything lies in a hidden folder beside it, where what was fetched completely is found again
 * when the command is repeated after it broke off.
 */
final class PluginInstaller {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final OptionalPlugin plugin;
    private final String repository;
    private final Path target;
    private final Path work;
    private final PrintWriter out;

    /**
     * @param repository address of a Maven repository, or a folder laid out like one as {@code file:}
     * @param plugins the folder of drop-in plugins
     */
    PluginInstaller(OptionalPlugin plugin, String repository, Path plugins, PrintWriter out) {
        this.plugin = plugin;
        this.repository = repository.endsWith("/") ? repository : repository + "/";
        target = plugins.resolve("plugin-" + plugin.name());
        work = plugins.resolve(".plugin-" + plugin.name() + ".part");
        this.out = out;
    }

    /** The folder that the plugin will be in. */
    Path target() {
        return target;
    }

    /** What still has to be fetched; the rest is there from before, with the right checksum. */
    List<OptionalPlugin.Library> missing() {
        return plugin.files().stream().filter(file -> !there(file)).toList();
    }

    private boolean there(OptionalPlugin.Library file) {
        return whole(work.resolve("lib").resolve(file.fileName()), file)
                || whole(target.resolve("lib").resolve(file.fileName()), file);
    }

    private static boolean whole(Path path, OptionalPlugin.Library file) {
        try {
            return Files.isRegularFile(path)
                    && Files.size(path) == file.bytes()
                    && sum(path).equals(file.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Fetches what is missing and puts the plugin together.
     *
     * @param jar the plugin's own
     * @throws IOException when something cannot be fetched or is not what it should be; what is complete stays for the next try
     */
    void install(Path jar) throws IOException {
        Path lib = Files.createDirectories(work.resolve("lib"));
        for (OptionalPlugin.Library file : plugin.files()) {
            Path here = lib.resolve(file.fileName());
            Path before = target.resolve("lib").resolve(file.fileName());
            if (whole(here, file)) {
                continue;
            }
            if (whole(before, file)) {
                Files.copy(before, here, StandardCopyOption.REPLACE_EXISTING);
                continue;
            }
            fetch(file, here);
        }
        expand(jar, work);
        Path old = target.resolveSibling("." + target.getFileName() + ".old");
        delete(old);
        if (Files.exists(target)) {
            Files.move(target, old);
        }
        Files.move(work, target);
        delete(old);
    }

    private void fetch(OptionalPlugin.Library file, Path here) throws IOException {
        URI address = URI.create(repository + file.path());
        Path part = here.resolveSibling(file.fileName() + ".part");
        out.println("  " + file.fileName() + ", " + OptionalPlugin.megabytes(file.bytes()));
        out.flush();
        try {
            URLConnection connection = address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream from = connection.getInputStream();
                    OutputStream to = Files.newOutputStream(part)) {
                from.transferTo(to);
            }
            if (!whole(part, file)) {
                throw new IOException("has " + Files.size(part) + " bytes and the SHA-256 " + sum(part) + ", expected "
                        + file.bytes() + " bytes and " + file.sha256());
            }
            Files.move(part, here, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    address + " cannot be used: " + e.getMessage() + ". Nothing was installed; what was fetched whole"
                            + " is kept, so repeat the command to go on, or name another --repository",
                    e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String sum(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** The jar's manifest to {@code META-INF}, everything else to {@code classes}, as PF4J wants folders laid out. */
    private static void expand(Path jar, Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        delete(classes);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                Path root = entry.getName().equals("META-INF/MANIFEST.MF") ? folder : classes;
                Path file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root)) {
                    throw new IOException(jar + " has an entry that leaves its folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(folder.resolve("META-INF/MANIFEST.MF"))) {
            throw new IOException(jar + " is no plugin: it has no META-INF/MANIFEST.MF");
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
