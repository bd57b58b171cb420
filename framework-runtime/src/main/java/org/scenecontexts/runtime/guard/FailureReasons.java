package org.scenecontexts.runtime.guard;

import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Puts into one sentence why something could not be done, whatever was thrown.
 *
 * @since 0.1
 */
public final class FailureReasons {

    /** How to see more. */
    static final String TRACE = "; --stacktrace shows where";

    private FailureReasons() {}

    /** The sentence: the failure's own where it is one for people, else its kind, its place and how to see more. */
    public static String of(Throwable failure) {
        if (failure instanceof StackOverflowError) {
            return "a computation never ends (StackOverflowError" + place(failure) + ")" + TRACE;
        }
        if (failure instanceof LinkageError && !(failure instanceof ExceptionInInitializerError)) {
            return LinkFaults.explain("the code" + place(failure), failure) + "; " + LinkFaults.remedy(failure) + TRACE;
        }
        return isSentence(failure) ? failure.getMessage() : failure + place(failure) + TRACE;
    }

    /** Whether somebody wrote the message for people, as opposed to the JVM. */
    static boolean isSentence(Throwable failure) {
        return failure.getMessage() != null
                && !(failure instanceof NumberFormatException)
                && (failure instanceof IllegalArgumentException
                        || failure instanceof IllegalStateException
                        || failure instanceof UnsupportedOperationException
                        || failure instanceof UncheckedIOException
                        || !failure.getClass().getName().startsWith("java."));
    }

    /** The innermost line of code that is not the JDK's. */
    static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk."))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }
}
