package org.scenecontexts.api.tensor;

/**
 * Says in which operator a backward pass failed: by then the code that applied the operator is no longer on the stack, so
 * the stack trace cannot tell.
 *
 * @since 0.1
 */
public final class OperatorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DifferentiableOp operator;
    private final String path;

    private OperatorException(DifferentiableOp operator, String path, Throwable cause) {
        super("backward pass of the operator " + path + ": " + reason(cause), cause);
        this.operator = operator;
        this.path = path;
    }

    /**
     * The failure of an operator; one that already names an operator, inside a part that is run again, gets the outer one
     * added.
     */
    static OperatorException of(DifferentiableOp operator, Tensor gradient, Throwable failure) {
        return failure instanceof OperatorException inner
                ? new OperatorException(inner.operator, inner.path + " inside " + operator.name(), inner.getCause())
                : new OperatorException(operator, "'" + operator.name() + "' (output " + gradient + ")", failure);
    }

    /** The operator that failed, the innermost one. */
    public DifferentiableOp operator() {
        return operator;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null || cause instanceof Error || cause instanceof IndexOutOfBoundsException
                ? cause.toString()
                : cause.getMessage();
    }
}
