package org.scenecontexts.view;

/** Numbers as JSON has them: no infinity and nothing that is not a number, and whole ones without a point. */
final class JsonNumbers {

    private static final double WHOLE = 1L << 53;

    private JsonNumbers() {}

    /** The value as a page reads it; null for a number that JSON does not have. */
    static Object of(Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        if (!Double.isFinite(number)) {
            return null;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < WHOLE;
        return whole ? (Object) number.longValue() : number;
    }
}
