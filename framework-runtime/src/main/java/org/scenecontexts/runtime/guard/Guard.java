package org.scenecontexts.runtime.guard;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.TooFewRowsException;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Calls a part of a plugin, so that whatever it throws says which part it was; and words the breaches that the guarded
 * parts find.
 *
 * <p>What the API lets parts throw passes unchanged: a {@link CloudException} names a file and a remedy, an {@link
 * UnsupportedOperationException} says that a part is not able to do something, a {@link TooFewRowsException} that a scene is
 * too small. So does an {@link OutOfMemoryError}, which is nobody's fault.
 *
 * @param part who is called
 */
record Guard(PluginPart part) {

    /** Calls. */
    <T> T call(String method, Supplier<T> body) {
        try {
            return body.get();
        } catch (CloudException
                | PluginFaultException
                | UnsupportedOperationException
                | TooFewRowsException
                | CancellationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw thrown(method, e);
        }
    }

    /** Calls; what comes back must be something. */
    <T> T notNull(String method, String expected, Supplier<T> body) {
        T found = call(method, body);
        if (found == null) {
            throw breach(method, "returned null", expected);
        }
        return found;
    }

    /** What to throw when a part has given back something that its interface does not allow. */
    PluginFaultException breach(String method, String found, String expected) {
        return new PluginFaultException(
                part,
                method + " " + found + ", expected " + expected + "; this is a defect of the plugin: tell its author");
    }

    /** What to throw when a part has thrown. */
    PluginFaultException thrown(String method, Throwable failure) {
        String what;
        if (failure instanceof LinkageError && !(failure instanceof ExceptionInInitializerError)) {
            what = LinkFaults.explain("its " + method, failure) + "; " + LinkFaults.remedy(failure);
        } else if (failure instanceof StackOverflowError) {
            what = method + " never ends (StackOverflowError" + FailureReasons.place(failure)
                    + "); tell the plugin's author";
        } else if (FailureReasons.isSentence(failure)) {
            what = failure.getMessage();
        } else {
            what = method + " failed with " + failure + FailureReasons.place(failure) + "; tell the plugin's author";
        }
        return new PluginFaultException(part, what + FailureReasons.TRACE, failure);
    }

    /** A loss must be one number. */
    Tensor scalar(String method, Tensor total) {
        if (total == null || total.size() != 1) {
            throw breach(
                    method,
                    "gave " + (total == null ? "null" : "the loss " + shape(total)),
                    "a scalar (one number): take the sum or mean of it");
        }
        return total;
    }

    static String shape(Tensor tensor) {
        return Arrays.toString(tensor.shape());
    }
}
