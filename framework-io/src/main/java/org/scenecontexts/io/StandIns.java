package org.scenecontexts.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.data.CloudException;

/**
 * Recognises small files that stand where a data file should be: pointers of Git LFS and git-annex, and web pages that were
 * saved under the name of a download. Every reader asks before it looks for its own format.
 *
 * @since 0.1
 */
public final class StandIns {

    /** Pointers are a few lines; so is as much of a web page as tells it. */
    private static final int START = 1024;

    private static final Pattern LFS = Pattern.compile("(?s)version https?://\\S*(git-lfs|hawser)\\S*\\s.*?oid .*");
    private static final Pattern SIZE = Pattern.compile("(?m)^size (\\d{1,18})\\s*$");
    private static final Pattern ANNEX = Pattern.compile("(?s)\\S*/annex/objects/\\S+\\s*");
    private static final Pattern PAGE =
            Pattern.compile("(?is)\\s*(<!doctype html|<html|<\\?xml\\b[^>]*>\\s*<!doctype html).*");

    private StandIns() {}

    /**
     * Does nothing for a data file.
     *
     * @param file may be missing, which the reader reports itself
     * @throws CloudException when only a stand-in is there; the message says how to get the file itself
     */
    public static void refuse(Path file) {
        what(file).ifPresent(what -> {
            throw new CloudException(file + ": " + what);
        });
    }

    /** What stands there instead, and how to get the file itself; nothing when it is a data file. */
    public static Optional<String> what(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START);
        } catch (IOException e) {
            return Optional.empty();
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (LFS.matcher(text).matches()) {
            Matcher size = SIZE.matcher(text);
            String bytes =
                    size.find() ? String.format(Locale.ROOT, " of %,d bytes", Long.parseLong(size.group(1))) : "";
            return Optional.of("is a Git LFS pointer, not the file" + bytes
                    + " that it stands for; fetch the file itself (git lfs pull)");
        }
        if (start.length < START && ANNEX.matcher(text).matches()) {
            return Optional.of("is a git-annex pointer, not the file that it stands for; fetch the file itself"
                    + " (git annex get)");
        }
        if (PAGE.matcher(text).matches()) {
            return Optional.of("is a web page (HTML), not the file that was meant; download the file itself: the server"
                    + " may ask for a login or a confirmation first");
        }
        return Optional.empty();
    }
}
