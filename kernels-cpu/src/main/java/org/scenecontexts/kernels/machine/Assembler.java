package org.scenecontexts.kernels.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the few x86-64 instructions that register tiles are made of.
 *
 * <p>Encodings follow Intel's Software Developer's Manual, volume 2: chapter 2 for prefixes, the instruction pages for
 * opcodes. Vector instructions come in two widths, see {@link Width}. Addresses are {@link Address}; whatever is not
 * needed here is missing.
 */
final class Assembler {

    /** General registers by their number in an encoding. */
    enum Reg {
        RAX,
        RCX,
        RDX,
        RBX,
        RSP,
        RBP,
        RSI,
        RDI,
        R8,
        R9,
        R10,
        R11,
        R12,
        R13,
        R14,
        R15
    }

    /** Registers of 8 floats with VEX encodings (AVX2 and FMA), or of 16 with EVEX encodings (AVX-512F). */
    enum Width {
        YMM(8, 16),
        ZMM(16, 32);

        private final int lanes;
        private final int registers;

        Width(int lanes, int registers) {
            this.lanes = lanes;
            this.registers = registers;
        }

        int lanes() {
            return lanes;
        }

        int bytes() {
            return 4 * lanes;
        }

        int registers() {
            return registers;
        }
    }

    /** {@code base + displacement}, or {@code base + 4 * index + displacement}. */
    record Address(Reg base, int index, int displacement) {

        private static final int NO_INDEX = -1;

        static Address of(Reg base, int displacement) {
            return new Address(base, NO_INDEX, displacement);
        }

        /** Not with {@code RSP} as index, which the encoding has no room for. */
        static Address indexed(Reg base, Reg index, int displacement) {
            return new Address(base, index.ordinal(), displacement);
        }

        boolean hasIndex() {
            return index != NO_INDEX;
        }
    }

    /** Conditions by their number in an encoding. */
    enum Condition {
        EQUAL(4),
        NOT_EQUAL(5),
        LESS(12),
        LESS_OR_EQUAL(14),
        GREATER(15);

        private final int code;

        Condition(int code) {
            this.code = code;
        }
    }

    /** A place in the code that jumps go to. */
    static final class Label {
        private int at = -1;
        private final List<Integer> jumps = new ArrayList<>();
    }

    private static final int MAP_0F = 1;
    private static final int MAP_0F38 = 2;
    private static final int NO_PREFIX = 0;
    private static final int PREFIX_66 = 1;

    private final Width width;
    private byte[] code = new byte[4096];
    private int length;

    Assembler(Width width) {
        this.width = width;
    }

    Width width() {
        return width;
    }

    byte[] bytes() {
        return Arrays.copyOf(code, length);
    }

    // ---- general registers ----

    void push(Reg r) {
        if (r.ordinal() >= 8) {
            emit(0x41);
        }
        emit(0x50 + (r.ordinal() & 7));
    }

    void pop(Reg r) {
        if (r.ordinal() >= 8) {
            emit(0x41);
        }
        emit(0x58 + (r.ordinal() & 7));
    }

    void ret() {
        emit(0xC3);
    }

    void move(Reg to, Reg from) {
        wide(0x89, from.ordinal(), to.ordinal());
    }

    void load(Reg to, Address from) {
        wide(0x8B, to.ordinal(), from);
    }

    /** Loads 32 bits and extends their sign. */
    void loadInt(Reg to, Address from) {
        wide(0x63, to.ordinal(), from);
    }

    void store(Address to, Reg from) {
        wide(0x89, from.ordinal(), to);
    }

    void loadAddress(Reg to, Address from) {
        wide(0x8D, to.ordinal(), from);
    }

    void add(Reg to, Reg from) {
        wide(0x01, from.ordinal(), to.ordinal());
    }

    void add(Reg to, int value) {
        wide(0x81, 0, to.ordinal());
        emit32(value);
    }

    void subtract(Reg to, int value) {
        wide(0x81, 5, to.ordinal());
        emit32(value);
    }

    void compare(Reg left, int value) {
        wide(0x81, 7, left.ordinal());
        emit32(value);
    }

    /** Compares 64 bits in memory. */
    void compare(Address left, int value) {
        wide(0x81, 7, left);
        emit32(value);
    }

    void add(Address to, Reg from) {
        wide(0x01, from.ordinal(), to);
    }

    void add(Address to, int value) {
        wide(0x81, 0, to);
        emit32(value);
    }

    void negate(Reg r) {
        wide(0xF7, 3, r.ordinal());
    }

    // ---- jumps ----

    void bind(Label label) {
        label.at = length;
        for (int jump : label.jumps) {
            patch(jump, label.at - jump - 4);
        }
        label.jumps.clear();
    }

    void jump(Label to) {
        emit(0xE9);
        target(to);
    }

    void jump(Condition condition, Label to) {
        emit(0x0F);
        emit(0x80 + condition.code);
        target(to);
    }

    private void target(Label to) {
        if (to.at < 0) {
            to.jumps.add(length);
            emit32(0);
        } else {
            emit32(to.at - length - 4);
        }
    }

    // ---- vectors of floats ----

    void loadVector(int to, Address from) {
        vector(MAP_0F, NO_PREFIX, 0x10, to, 0, from, width.bytes());
    }

    void storeVector(Address to, int from) {
        vector(MAP_0F, NO_PREFIX, 0x11, from, 0, to, width.bytes());
    }

    /** The float at an address in every lane. */
    void broadcast(int to, Address from) {
        vector(MAP_0F38, PREFIX_66, 0x18, to, 0, from, Float.BYTES);
    }

    /** {@code sum += left * right}, rounded once. */
    void multiplyAdd(int sum, int left, int right) {
        vector(MAP_0F38, PREFIX_66, 0xB8, sum, left, right);
    }

    void clear(int vector) {
        if (width == Width.YMM) {
            vector(MAP_0F, NO_PREFIX, 0x57, vector, vector, vector);
        } else {
            vector(MAP_0F, PREFIX_66, 0xEF, vector, vector, vector);
        }
    }

    /** Has to stand before a return to code that may use the older vector instructions. */
    void zeroUpper() {
        emit(0xC5);
        emit(0xF8);
        emit(0x77);
    }

    // ---- encodings ----

    private void vector(int map, int prefix, int opcode, int reg, int second, int rm) {
        if (width == Width.YMM) {
            vex(map, prefix, reg, second, 0, rm >>> 3);
        } else {
            // In this form bit 4 of the last register is in the place of the index.
            evex(map, prefix, reg, second, rm >>> 4 & 1, rm >>> 3 & 1);
        }
        emit(opcode);
        emit(0xC0 | (reg & 7) << 3 | rm & 7);
    }

    private void vector(int map, int prefix, int opcode, int reg, int second, Address rm, int unit) {
        int index = rm.hasIndex() ? rm.index >>> 3 : 0;
        int base = rm.base.ordinal() >>> 3;
        if (width == Width.YMM) {
            vex(map, prefix, reg, second, index, base);
            emit(opcode);
            memory(reg & 7, rm, 1);
        } else {
            evex(map, prefix, reg, second, index, base);
            emit(opcode);
            // Short displacements count in units of what is read.
            memory(reg & 7, rm, unit);
        }
    }

    /** Three-byte VEX prefix, 256 bits, W0; register extensions are stored inverted. */
    private void vex(int map, int prefix, int reg, int second, int index, int base) {
        emit(0xC4);
        emit((~reg >>> 3 & 1) << 7 | (~index & 1) << 6 | (~base & 1) << 5 | map);
        emit((~second & 15) << 3 | 1 << 2 | prefix);
    }

    /** EVEX prefix, 512 bits, W0, no mask. */
    private void evex(int map, int prefix, int reg, int second, int index, int base) {
        emit(0x62);
        emit((~reg >>> 3 & 1) << 7 | (~index & 1) << 6 | (~base & 1) << 5 | (~reg >>> 4 & 1) << 4 | map);
        emit((~second & 15) << 3 | 1 << 2 | prefix);
        emit(2 << 5 | (~second >>> 4 & 1) << 3);
    }

    private void wide(int opcode, int reg, int rm) {
        emit(0x48 | reg >>> 3 << 2 | rm >>> 3);
        emit(opcode);
        emit(0xC0 | (reg & 7) << 3 | rm & 7);
    }

    private void wide(int opcode, int reg, Address rm) {
        int index = rm.hasIndex() ? rm.index >>> 3 : 0;
        emit(0x48 | reg >>> 3 << 2 | index << 1 | rm.base.ordinal() >>> 3);
        emit(opcode);
        memory(reg & 7, rm, 1);
    }

    /** The bytes that name an address: always with a displacement, of 8 bits where it is a small multiple of the unit. */
    private void memory(int reg, Address rm, int unit) {
        boolean small = rm.displacement % unit == 0 && Math.abs(rm.displacement / unit) < 128;
        int mode = small ? 0x40 : 0x80;
        int base = rm.base.ordinal() & 7;
        if (rm.hasIndex()) {
            emit(mode | reg << 3 | 4);
            emit(2 << 6 | (rm.index & 7) << 3 | base);
        } else if (base == Reg.RSP.ordinal()) {
            emit(mode | reg << 3 | 4);
            emit(4 << 3 | base);
        } else {
            emit(mode | reg << 3 | base);
        }
        if (small) {
            emit(rm.displacement / unit);
        } else {
            emit32(rm.displacement);
        }
    }

    private void emit(int value) {
        if (length == code.length) {
            code = Arrays.copyOf(code, 2 * length);
        }
        code[length++] = (byte) value;
    }

    private void emit32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            emit(value >>> shift);
        }
    }

    private void patch(int at, int value) {
        for (int i = 0; i < 4; i++) {
            code[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
