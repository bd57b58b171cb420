package org.scenecontexts.cli;

import java.io.PrintWriter;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.StageFailedException;

/** Turns failures into a message and an exit code; where in the program they happened is shown only when asked for. */
final class Failures {

    /** Something failed while running. */
    static final int FAILED = 1;

    /** Wrong usage or an invalid pipeline. */
    static final int INVALID = 2;

    private Failures() {}

    static int report(Exception failure, PrintWriter err, boolean stacktrace) {
        if (stacktrace) {
            failure.printStackTrace(err);
            err.println();
        }
        switch (failure) {
            case InvalidConfigException invalid -> err.println(Printable.text(invalid.getMessage()));
            case StageFailedException failed -> err.println("error: " + Printable.text(failed.getMessage()));
            case RunStoppedException stopped -> err.println(Printable.text(stopped.getMessage()));
            case CloudException cloud -> err.println("error: " + cloud.getMessage());
            default -> {
                boolean clear = failure.getMessage() != null;
                err.println("error: "
                        + (clear
                                ? Printable.text(failure.getMessage())
                                : failure.getClass().getSimpleName()));
                if (!stacktrace) {
                    err.println("(" + failure.getClass().getName() + "; --stacktrace shows where it happened)");
                }
            }
        }
        err.flush();
        return failure instanceof InvalidConfigException ? INVALID : FAILED;
    }
}
