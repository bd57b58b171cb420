package org.scenecontexts.kernels.machine;

import static org.scenecontexts.kernels.machine.Assembler.Reg.R10;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R11;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R12;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R13;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R14;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R15;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R8;
import static org.scenecontexts.kernels.machine.Assembler.Reg.R9;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RAX;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RBP;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RBX;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RCX;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RDI;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RDX;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RSI;
import static org.scenecontexts.kernels.machine.Assembler.Reg.RSP;

import java.util.List;
import java.util.function.IntConsumer;
import org.scenecontexts.kernels.machine.Assembler.Address;
import org.scenecontexts.kernels.machine.Assembler.Condition;
import org.scenecontexts.kernels.machine.Assembler.Label;
import org.scenecontexts.kernels.machine.Assembler.Reg;
import org.scenecontexts.kernels.machine.Assembler.Width;

/**
 * Generates the two loops over register tiles, {@code rows} and {@code outer}, for one vector width.
 *
 * <p>A tile of 6 rows by 2 vectors (8 by 2 with 32 registers) stays in registers over a whole sum, so that two
 * multiply-adds follow every load of a left value. There is code for every smaller number of rows as well.
 */
final class TileCode {

    /** Steps of a sum per turn of the loop. */
    private static final int UNROLL = 4;

    private static final List<Reg> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);
    private static final int LOCALS = 80;

    /** Where the seventh argument lies: above locals, saved registers and return address. */
    private static final int ARGUMENTS = LOCALS + 8 * 6 + 8;

    private static final Reg[] ROW = {RAX, RBX, R8, R9, R10, R11, R12, R13};

    private final Assembler asm;
    private final int rows;
    private final int vectors;
    private final int vectorBytes;
    private final int panelBytes;
    private final int right;
    private final int left;

    private TileCode(Assembler asm, int vectors) {
        this.asm = asm;
        this.vectors = vectors;
        rows = rows(asm.width());
        vectorBytes = asm.width().bytes();
        panelBytes = 2 * vectorBytes;
        right = 2 * rows;
        left = right + 2;
    }

    /** Rows of a tile. */
    static int rows(Width width) {
        return width == Width.YMM ? 6 : 8;
    }

    /**
     * {@code c[result[i] + j] = (fresh ? 0 : same) + sum of a[left[i] + p] * panel[p][j]} for every row i.
     *
     * <p>Arguments: a, left, right, c, result, rows; then sum length, panels, bytes from panel to panel, byte offset of the
     * first panel, fresh, byte offset of the first column of results.
     */
    static void rows(Assembler asm, int vectors) {
        new TileCode(asm, vectors).rows();
    }

    /**
     * {@code c[i * stride + j] = (fresh ? 0 : same) + sum over p of a[left[p] + i] * b[right[p] + j]}.
     *
     * <p>Arguments: a, left, b, right, c, sum length; then rows, panels, bytes from result row to row, byte offset of
     * the result, fresh, byte offset of the left values, byte offset of the right values.
     */
    static void outer(Assembler asm, int vectors) {
        new TileCode(asm, vectors).outer();
    }

    private static Address local(int i) {
        return Address.of(RSP, 8 * i);
    }

    private static Address argument(int i) {
        return Address.of(RSP, ARGUMENTS + 8 * i);
    }

    private void enter() {
        SAVED.forEach(asm::push);
        asm.subtract(RSP, LOCALS);
    }

    private void leave() {
        asm.zeroUpper();
        asm.add(RSP, LOCALS);
        SAVED.reversed().forEach(asm::pop);
        asm.ret();
    }

    // ---- rows ----

    private static final Address A_END = local(0);
    private static final Address LEFT = local(1);
    private static final Address PANEL = local(2);
    private static final Address C = local(3);
    private static final Address RESULT = local(4);
    private static final Address ROWS = local(5);
    private static final Address PANELS = local(6);
    private static final Address STRIDE = local(7);
    private static final Address FRESH = local(8);

    /** Registers: row pointers in {@link #ROW}, sum length in R15, cursors of left and result offsets in RSI and RDI, rows left in RBP. */
    private void rows() {
        enter();
        asm.load(R15, argument(0));
        asm.loadAddress(RDI, Address.indexed(RDI, R15, 0));
        asm.store(A_END, RDI);
        asm.store(LEFT, RSI);
        asm.load(RAX, argument(3));
        asm.add(RDX, RAX);
        asm.store(PANEL, RDX);
        asm.load(RAX, argument(5));
        asm.add(RCX, RAX);
        asm.store(C, RCX);
        asm.store(RESULT, R8);
        asm.store(ROWS, R9);
        copy(PANELS, argument(1));
        copy(STRIDE, argument(2));
        copy(FRESH, argument(4));
        Label panel = new Label();
        asm.bind(panel);
        asm.load(RSI, LEFT);
        asm.load(RDI, RESULT);
        asm.load(RBP, ROWS);
        Label group = new Label();
        Label rest = new Label();
        asm.bind(group);
        asm.compare(RBP, rows);
        asm.jump(Condition.LESS, rest);
        rowTile(rows);
        asm.add(RSI, 4 * rows);
        asm.add(RDI, 4 * rows);
        asm.subtract(RBP, rows);
        asm.jump(group);
        asm.bind(rest);
        Label next = new Label();
        smaller(RBP, next, this::rowTile);
        asm.bind(next);
        asm.load(RAX, STRIDE);
        asm.add(PANEL, RAX);
        asm.add(C, panelBytes);
        asm.add(PANELS, -1);
        asm.jump(Condition.NOT_EQUAL, panel);
        leave();
    }

    private void copy(Address to, Address from) {
        asm.load(RAX, from);
        asm.store(to, RAX);
    }

    /** Runs the tile for what is left of less than a full one. */
    private void smaller(Reg remaining, Label next, IntConsumer tile) {
        for (int r = 1; r < rows; r++) {
            Label other = new Label();
            asm.compare(remaining, r);
            asm.jump(Condition.NOT_EQUAL, other);
            tile.accept(r);
            asm.jump(next);
            asm.bind(other);
        }
    }

    private void rowTile(int r) {
        asm.load(R14, A_END);
        for (int i = 0; i < r; i++) {
            asm.loadInt(ROW[i], Address.of(RSI, 4 * i));
            asm.loadAddress(ROW[i], Address.indexed(R14, ROW[i], 0));
        }
        asm.load(R14, C);
        start(FRESH, r, i -> {
            asm.loadInt(RCX, Address.of(RDI, 4 * i));
            for (int v = 0; v < vectors; v++) {
                asm.loadVector(2 * i + v, Address.indexed(R14, RCX, v * vectorBytes));
            }
        });
        asm.load(RDX, PANEL);
        asm.move(RCX, R15);
        asm.negate(RCX);
        Label single = new Label();
        Label main = new Label();
        Label done = new Label();
        asm.compare(RCX, -UNROLL);
        asm.jump(Condition.GREATER, single);
        asm.bind(main);
        for (int p = 0; p < UNROLL; p++) {
            rowStep(r, p);
        }
        asm.add(RDX, UNROLL * panelBytes);
        asm.add(RCX, UNROLL);
        asm.compare(RCX, -UNROLL);
        asm.jump(Condition.LESS_OR_EQUAL, main);
        asm.bind(single);
        Label one = new Label();
        asm.compare(RCX, 0);
        asm.jump(Condition.EQUAL, done);
        asm.bind(one);
        rowStep(r, 0);
        asm.add(RDX, panelBytes);
        asm.add(RCX, 1);
        asm.jump(Condition.NOT_EQUAL, one);
        asm.bind(done);
        for (int i = 0; i < r; i++) {
            asm.loadInt(RCX, Address.of(RDI, 4 * i));
            for (int v = 0; v < vectors; v++) {
                asm.storeVector(Address.indexed(R14, RCX, v * vectorBytes), 2 * i + v);
            }
        }
    }

    private void rowStep(int r, int p) {
        for (int v = 0; v < vectors; v++) {
            asm.loadVector(right + v, Address.of(RDX, p * panelBytes + v * vectorBytes));
        }
        for (int i = 0; i < r; i++) {
            int s = left + i % 2;
            asm.broadcast(s, Address.indexed(ROW[i], RCX, 4 * p));
            for (int v = 0; v < vectors; v++) {
                asm.multiplyAdd(2 * i + v, s, right + v);
            }
        }
    }

    /** Clears the sums, or loads them by rows. */
    private void start(Address fresh, int r, IntConsumer loadRow) {
        Label zero = new Label();
        Label go = new Label();
        asm.compare(fresh, 0);
        asm.jump(Condition.NOT_EQUAL, zero);
        for (int i = 0; i < r; i++) {
            loadRow.accept(i);
        }
        asm.jump(go);
        asm.bind(zero);
        for (int i = 0; i < r; i++) {
            for (int v = 0; v < vectors; v++) {
                asm.clear(2 * i + v);
            }
        }
        asm.bind(go);
    }

    // ---- outer ----

    private static final Address A = local(0);
    private static final Address C_PANEL = local(1);
    private static final Address M = local(2);

    /**
     * Registers: tile's left values at RDI, ends of left and right offsets at RSI and R10, panel at RDX, result at R8 with
     * rows R9 apart, rows left in R13, sum length in R15.
     */
    private void outer() {
        enter();
        asm.move(R15, R9);
        asm.load(RAX, argument(5));
        asm.add(RDI, RAX);
        asm.store(A, RDI);
        asm.load(RAX, argument(6));
        asm.add(RDX, RAX);
        asm.loadAddress(RSI, Address.indexed(RSI, R15, 0));
        asm.loadAddress(R10, Address.indexed(RCX, R15, 0));
        asm.load(RAX, argument(3));
        asm.add(R8, RAX);
        asm.store(C_PANEL, R8);
        copy(M, argument(0));
        copy(PANELS, argument(1));
        asm.load(R9, argument(2));
        copy(FRESH, argument(4));
        Label panel = new Label();
        asm.bind(panel);
        asm.load(RDI, A);
        asm.load(R8, C_PANEL);
        asm.load(R13, M);
        Label group = new Label();
        Label rest = new Label();
        Label next = new Label();
        asm.bind(group);
        asm.compare(R13, rows);
        asm.jump(Condition.LESS, rest);
        outerTile(rows);
        asm.add(RDI, 4 * rows);
        asm.move(R8, R14);
        asm.subtract(R13, rows);
        asm.jump(group);
        asm.bind(rest);
        smaller(R13, next, this::outerTile);
        asm.bind(next);
        asm.add(RDX, panelBytes);
        asm.add(C_PANEL, panelBytes);
        asm.add(PANELS, -1);
        asm.jump(Condition.NOT_EQUAL, panel);
        leave();
    }

    /** Leaves the result row after the tile in R14. */
    private void outerTile(int r) {
        asm.move(R14, R8);
        start(FRESH, r, i -> {
            for (int v = 0; v < vectors; v++) {
                asm.loadVector(2 * i + v, Address.of(R14, v * vectorBytes));
            }
            asm.add(R14, R9);
        });
        asm.move(R11, R15);
        asm.negate(R11);
        Label single = new Label();
        Label main = new Label();
        Label one = new Label();
        Label done = new Label();
        asm.compare(R11, -UNROLL);
        asm.jump(Condition.GREATER, single);
        asm.bind(main);
        for (int p = 0; p < UNROLL; p++) {
            outerStep(r, p);
        }
        asm.add(R11, UNROLL);
        asm.compare(R11, -UNROLL);
        asm.jump(Condition.LESS_OR_EQUAL, main);
        asm.bind(single);
        asm.compare(R11, 0);
        asm.jump(Condition.EQUAL, done);
        asm.bind(one);
        outerStep(r, 0);
        asm.add(R11, 1);
        asm.jump(Condition.NOT_EQUAL, one);
        asm.bind(done);
        asm.move(R14, R8);
        for (int i = 0; i < r; i++) {
            for (int v = 0; v < vectors; v++) {
                asm.storeVector(Address.of(R14, v * vectorBytes), 2 * i + v);
            }
            asm.add(R14, R9);
        }
    }

    private void outerStep(int r, int p) {
        Reg at = p % 2 == 0 ? RAX : RBX;
        Reg to = p % 2 == 0 ? RBP : R12;
        asm.loadInt(at, Address.indexed(RSI, R11, 4 * p));
        asm.loadInt(to, Address.indexed(R10, R11, 4 * p));
        for (int v = 0; v < vectors; v++) {
            asm.loadVector(right + v, Address.indexed(RDX, to, v * vectorBytes));
        }
        for (int i = 0; i < r; i++) {
            int s = left + i % 2;
            asm.broadcast(s, Address.indexed(RDI, at, 4 * i));
            for (int v = 0; v < vectors; v++) {
                asm.multiplyAdd(2 * i + v, s, right + v);
            }
        }
    }
}
