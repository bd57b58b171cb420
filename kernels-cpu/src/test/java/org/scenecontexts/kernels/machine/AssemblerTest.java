package org.scenecontexts.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.kernels.machine.Assembler.Address;
import org.scenecontexts.kernels.machine.Assembler.Condition;
import org.scenecontexts.kernels.machine.Assembler.Label;
import org.scenecontexts.kernels.machine.Assembler.Reg;
import org.scenecontexts.kernels.machine.Assembler.Width;

/** Bytes are those of GNU as 2.40 for the instruction that is named. */
class AssemblerTest {

    static Stream<Arguments> generalInstructions() {
        return Stream.of(
                general("push rbx", a -> a.push(Reg.RBX), "53"),
                general("push r12", a -> a.push(Reg.R12), "4154"),
                general("pop rbp", a -> a.pop(Reg.RBP), "5d"),
                general("pop r15", a -> a.pop(Reg.R15), "415f"),
                general("ret", Assembler::ret, "c3"),
                general("mov r15, rdi", a -> a.move(Reg.R15, Reg.RDI), "4989ff"),
                general("mov rcx, r9", a -> a.move(Reg.RCX, Reg.R9), "4c89c9"),
                general("mov rax, [rsp + 8]", a -> a.load(Reg.RAX, Address.of(Reg.RSP, 8)), "488b442408"),
                general("mov r13, [r12 + 8]", a -> a.load(Reg.R13, Address.of(Reg.R12, 8)), "4d8b6c2408"),
                general("mov [rsp + 16], rdx", a -> a.store(Address.of(Reg.RSP, 16), Reg.RDX), "4889542410"),
                general("mov [rbp + 512], r8", a -> a.store(Address.of(Reg.RBP, 512), Reg.R8), "4c898500020000"),
                general("movsxd rax, [rsi + 4]", a -> a.loadInt(Reg.RAX, Address.of(Reg.RSI, 4)), "48634604"),
                general(
                        "movsxd r12, [r13 + 4 r11 + 12]",
                        a -> a.loadInt(Reg.R12, Address.indexed(Reg.R13, Reg.R11, 12)),
                        "4f63649d0c"),
                general(
                        "lea rdi, [rdi + 4 r15 + 20]",
                        a -> a.loadAddress(Reg.RDI, Address.indexed(Reg.RDI, Reg.R15, 20)),
                        "4a8d7cbf14"),
                general("add r14, r9", a -> a.add(Reg.R14, Reg.R9), "4d01ce"),
                general("add rdx, 256", a -> a.add(Reg.RDX, 256), "4881c200010000"),
                general("cmp [rsp + 64], 1000", a -> a.compare(Address.of(Reg.RSP, 64), 1000), "48817c2440e8030000"),
                general("add [rsp + 8], rax", a -> a.add(Address.of(Reg.RSP, 8), Reg.RAX), "4801442408"),
                general("add [rsp + 48], -1000", a -> a.add(Address.of(Reg.RSP, 48), -1000), "488144243018fcffff"),
                general("neg r11", a -> a.negate(Reg.R11), "49f7db"),
                general("vzeroupper", Assembler::zeroUpper, "c5f877"));
    }

    static Stream<Arguments> vectorInstructions() {
        Address far = Address.indexed(Reg.R13, Reg.R12, 0x120);
        return Stream.of(
                arguments(Width.YMM, "vmovups ymm12, [rdx + 32]", load(12, Address.of(Reg.RDX, 32)), "c4617c106220"),
                arguments(Width.YMM, "vmovups ymm3, [r13 + 4 r12 + 0x120]", load(3, far), "c4817c109ca520010000"),
                arguments(
                        Width.YMM,
                        "vmovups [r14 + 4 rcx + 32], ymm11",
                        step(a -> a.storeVector(Address.indexed(Reg.R14, Reg.RCX, 32), 11)),
                        "c4417c115c8e20"),
                arguments(
                        Width.YMM,
                        "vbroadcastss ymm14, [r8 + 4 rcx + 12]",
                        step(a -> a.broadcast(14, Address.indexed(Reg.R8, Reg.RCX, 12))),
                        "c4427d1874880c"),
                arguments(
                        Width.YMM, "vfmadd231ps ymm1, ymm14, ymm12", step(a -> a.multiplyAdd(1, 14, 12)), "c4c20db8cc"),
                arguments(Width.YMM, "vfmadd231ps ymm10, ymm4, ymm3", step(a -> a.multiplyAdd(10, 4, 3)), "c4625db8d3"),
                arguments(Width.YMM, "vxorps ymm9, ymm9, ymm9", step(a -> a.clear(9)), "c4413457c9"),
                arguments(Width.ZMM, "vmovups zmm16, [rdx + 64]", load(16, Address.of(Reg.RDX, 64)), "62e17c48104201"),
                arguments(
                        Width.ZMM,
                        "vmovups zmm3, [r13 + 4 r12 + 0x2040]",
                        load(3, Address.indexed(Reg.R13, Reg.R12, 0x2040)),
                        "62917c48109ca540200000"),
                arguments(
                        Width.ZMM,
                        "vmovups zmm30, [r13 + 4 r12 + 0x44]",
                        load(30, Address.indexed(Reg.R13, Reg.R12, 0x44)),
                        "62017c4810b4a544000000"),
                arguments(
                        Width.ZMM,
                        "vmovups [r14 + 4 rcx + 64], zmm15",
                        step(a -> a.storeVector(Address.indexed(Reg.R14, Reg.RCX, 64), 15)),
                        "62517c48117c8e01"),
                arguments(
                        Width.ZMM,
                        "vbroadcastss zmm19, [r8 + 4 rcx + 12]",
                        step(a -> a.broadcast(19, Address.indexed(Reg.R8, Reg.RCX, 12))),
                        "62c27d48185c8803"),
                arguments(
                        Width.ZMM,
                        "vbroadcastss zmm7, [rax + 4 r11 + 0x204]",
                        step(a -> a.broadcast(7, Address.indexed(Reg.RAX, Reg.R11, 0x204))),
                        "62b27d4818bc9804020000"),
                arguments(
                        Width.ZMM,
                        "vfmadd231ps zmm0, zmm18, zmm16",
                        step(a -> a.multiplyAdd(0, 18, 16)),
                        "62b26d40b8c0"),
                arguments(
                        Width.ZMM,
                        "vfmadd231ps zmm21, zmm28, zmm9",
                        step(a -> a.multiplyAdd(21, 28, 9)),
                        "62c21d40b8e9"),
                arguments(Width.ZMM, "vpxord zmm9, zmm9, zmm9", step(a -> a.clear(9)), "62513548efc9"),
                arguments(Width.ZMM, "vpxord zmm29, zmm29, zmm29", step(a -> a.clear(29)), "62011540efed"));
    }

    private static Arguments general(String name, Consumer<Assembler> step, String bytes) {
        return arguments(name, step, bytes);
    }

    private static Consumer<Assembler> step(Consumer<Assembler> step) {
        return step;
    }

    private static Consumer<Assembler> load(int to, Address from) {
        return a -> a.loadVector(to, from);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("generalInstructions")
    void instructionsAreEncodedAsByAnotherAssembler(String name, Consumer<Assembler> step, String bytes) {
        Assembler asm = new Assembler(Width.YMM);
        step.accept(asm);
        assertThat(HexFormat.of().formatHex(asm.bytes())).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("vectorInstructions")
    void vectorInstructionsAreEncodedAsByAnotherAssembler(
            Width width, String name, Consumer<Assembler> step, String bytes) {
        Assembler asm = new Assembler(width);
        step.accept(asm);
        assertThat(HexFormat.of().formatHex(asm.bytes())).isEqualTo(bytes);
    }

    @Test
    void jumpsReachLabelsBeforeAndAfterThem() {
        Assembler asm = new Assembler(Width.YMM);
        Label start = new Label();
        Label end = new Label();
        asm.bind(start);
        asm.jump(Condition.LESS, end);
        asm.jump(start);
        asm.bind(end);
        assertThat(HexFormat.of().formatHex(asm.bytes())).isEqualTo("0f8c05000000" + "e9f5ffffff");
    }
}
