package org.scenecontexts.engine.cpu.dense;

/**
 * The inner loops of dense arithmetic that belong together.
 *
 * @param elements over numbers
 * @param columns over columns of matrices
 * @param rows over rows of matrices
 * @param functions of numbers, such as exponentials
 * @since 0.1
 */
public record Loops(ElementLoops elements, ColumnLoops columns, RowLoops rows, FunctionLoops functions) {

    /** Plain Java, whose multiply-adds are rounded twice. */
    public static Loops plain() {
        return new Loops(new ElementLoops(), new ColumnLoops(false), new RowLoops(), new FunctionLoops());
    }

    /** Plain Java that computes bit for bit what vectors of so many floats compute. */
    public static Loops fused(int width) {
        return new Loops(
                new FusedElementLoops(width), new ColumnLoops(true), new FusedRowLoops(width), new FunctionLoops());
    }
}
