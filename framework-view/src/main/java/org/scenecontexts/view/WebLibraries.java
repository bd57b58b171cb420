package org.scenecontexts.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts of others that pages are made with, as text that stands in the page itself: a page that loads nothing opens
 * anywhere, and in ten years too.
 */
final class WebLibraries {

    private static final Pattern EXPORT = Pattern.compile("export\\s*\\{([^}]*)}\\s*;?\\s*$");
    private static final Pattern IMPORT = Pattern.compile("import\\s*\\{([^}]*)}\\s*from\\s*['\"]three['\"];?");

    private final Properties versions = new Properties();

    WebLibraries() {
        try (InputStream in = stream("libraries.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("libraries.properties: cannot be read: " + e, e);
        }
    }

    /** WebGL and the controls of its camera: sets {@code THREE} and {@code OrbitControls}. */
    String three() {
        String folder = "/META-INF/resources/webjars/three/" + versions.getProperty("three") + "/";
        return "const THREE=" + module(text(folder + "build/three.module.min.js")) + ";\n" + "const {OrbitControls}="
                + module(text(folder + "examples/jsm/controls/OrbitControls.js")) + ";\n";
    }

    /** Line charts: sets {@code uPlot}. */
    String plot() {
        return text("/META-INF/resources/webjars/uplot/" + versions.getProperty("uplot") + "/dist/uPlot.iife.min.js");
    }

    /** What the line charts look like. */
    String plotStyle() {
        return text("/META-INF/resources/webjars/uplot/" + versions.getProperty("uplot") + "/dist/uPlot.min.css");
    }

    /** A file of this module. */
    static String text(String resource) {
        try (InputStream in = stream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + ": cannot be read: " + e, e);
        }
    }

    private static InputStream stream(String resource) throws IOException {
        InputStream in = WebLibraries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("framework-view holds no '" + resource + "'; reinstall csc");
        }
        return in;
    }

    /**
     * A module as an expression whose value is an object of what it exports, since browsers do not import modules that
     * stand in a page.
     *
     * @throws IllegalArgumentException when it does not end with a list of exports
     */
    static String module(String source) {
        Matcher export = EXPORT.matcher(source);
        if (!export.find()) {
            throw new IllegalArgumentException("the script does not end with 'export {...}', so it cannot be put into a"
                    + " page; it ends with '" + source.substring(Math.max(0, source.length() - 60)) + "'");
        }
        String body = IMPORT.matcher(source.substring(0, export.start()))
                .replaceAll(found -> Matcher.quoteReplacement("const {" + renamed(found.group(1), false) + "}=THREE;"));
        return "(()=>{" + body + "\nreturn {" + renamed(export.group(1), true) + "};})()";
    }

    /** {@code a as B} as {@code B:a} of an object, or the other way round where names are taken out of one. */
    private static String renamed(String names, boolean turn) {
        StringBuilder text = new StringBuilder();
        for (String name : names.split(",", -1)) {
            String[] parts = name.strip().split("\\s+as\\s+", -1);
            if (!parts[0].isEmpty()) {
                text.append(text.isEmpty() ? "" : ",");
                text.append(
                        parts.length == 1 ? parts[0] : turn ? parts[1] + ":" + parts[0] : parts[0] + ":" + parts[1]);
            }
        }
        return text.toString();
    }
}
