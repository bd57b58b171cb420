package org.scenecontexts.runtime.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.plugin.ApiVersion;

/**
 * Puts into words why a class of a plugin cannot be used: the JDK's own messages name neither the plugin nor a remedy.
 *
 * @since 0.1
 */
public final class LinkFaults {

    private static final Pattern CLASS_FILE = Pattern.compile("class file version (\\d+)");
    private static final int CLASS_FILE_OFFSET = 44;

    private LinkFaults() {}

    /** What a failure to create or to link means, in words. */
    public static String explain(String className, Throwable failure) {
        return switch (failure) {
            case UnsupportedClassVersionError e -> {
                Matcher version = CLASS_FILE.matcher(String.valueOf(e.getMessage()));
                String needs = version.find()
                        ? "Java " + (Integer.parseInt(version.group(1)) - CLASS_FILE_OFFSET)
                        : "a newer Java";
                yield className + " was compiled for " + needs + "; this is Java "
                        + Runtime.version().feature();
            }
            case NoClassDefFoundError e -> lacking(className, e);
            case ClassNotFoundException e -> lacking(className, e);
            case NoSuchMethodError e -> className + " calls " + e.getMessage() + ", which this version does not have";
            case AbstractMethodError e ->
                className + " lacks a method that this version of the API asks for (" + e.getMessage() + ")";
            default -> className + " failed with " + failure;
        };
    }

    private static String lacking(String className, Throwable failure) {
        String missing = missing(failure);
        return className + " needs the class " + missing + ", which is missing"
                + (SharedClasses.isWithheld(missing) ? " (csc has it for itself and shares it with no plugin)" : "");
    }

    private static String missing(Throwable failure) {
        return String.valueOf(failure.getMessage()).replace('/', '.');
    }

    /** What to do about it. */
    public static String remedy(Throwable failure) {
        return switch (failure) {
            case UnsupportedClassVersionError e ->
                "compile the plugin for Java " + Runtime.version().feature() + ", or run csc on a newer one";
            case NoClassDefFoundError e -> remedyForMissing(missing(e));
            case ClassNotFoundException e -> remedyForMissing(missing(e));
            case LinkageError e -> "compile the plugin against framework-api " + ApiVersion.CURRENT;
            default -> "report this to the author of the plugin, or remove it";
        };
    }

    private static String remedyForMissing(String className) {
        return SharedClasses.isShared(className)
                ? "the class belongs to the API: compile the plugin against framework-api " + ApiVersion.CURRENT
                : "put the missing library into the plugin (lib/ of a zip, or a jar that holds it); from csc plugins get "
                        + SharedClasses.described() + " and the JDK, nothing else";
    }
}
