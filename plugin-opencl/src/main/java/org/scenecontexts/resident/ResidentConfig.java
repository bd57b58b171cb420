package org.scenecontexts.resident;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.resident.device.Wanted;

/** Which device, and how numbers are multiplied there. */
public record ResidentConfig(
        @Doc("Part of the wanted device's or platform's name; the preferred one when left out, see 'csc info'.")
        Optional<String> name,

        @Doc("Which of the devices that have the name, counted from 0 in the order of 'csc info'; the first when"
                + " left out.")
        @Min(0)
        Optional<Integer> card,

        @Doc("Most of the device's memory that is taken, such as 20g or 800m; all of it when left out.")
        Optional<String> memory,

        @Doc("To what the operands of matrix products and convolutions are rounded; sums, and all other numbers, are"
                + " float32. tf32 and bf16 need an NVIDIA card of compute capability 8.0 or more.")
        @Default("fp32")
        Compute compute,

        @Doc(
                "How activations that only the backward pass still reads are kept: as they are, or rounded to bfloat16 in half the"
                        + " memory. The losses of a step do not change, its gradients are those of the rounded activations.")
        @Default("fp32")
        Stored keep,

        @Doc(
                "How the results of convolutions, norms and concatenations are stored: as float32, or as bfloat16, with which the"
                        + " next layer then computes; weights, gradients and moments stay float32. bf16 includes keep: bf16, and"
                        + " goes with compute: bf16, whose convolutions write and read it.")
        @Default("fp32")
        Stored storage,

        @Doc(
                "Whether sequences of kernels that repeat are given to the driver as graphs; for device: cuda alone. Results do"
                        + " not change. Never run on a card.")
        @Default("false")
        boolean graphs) {

    /** As what activations lie in memory. */
    public enum Stored {
        /** As they are. */
        FP32,
        /** Rounded to bfloat16. */
        BF16;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** To what operands of products are rounded; values are stored as float32. */
    public enum Compute {
        /** Not rounded: float32. */
        FP32,
        /** To TF32: 11 bits. */
        TF32,
        /** To bfloat16: 8 bits. */
        BF16;

        /** The same for kernels. */
        Operands operands() {
            return Operands.valueOf(name());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The preferred device. */
    public static final ResidentConfig PREFERRED =
            new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), Compute.FP32);

    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt])?i?b?");

    /** Activations as they are. */
    public ResidentConfig(Optional<String> name, Optional<Integer> card, Optional<String> memory, Compute compute) {
        this(name, card, memory, compute, Stored.FP32);
    }

    /** Without graphs. */
    public ResidentConfig(
            Optional<String> name, Optional<Integer> card, Optional<String> memory, Compute compute, Stored keep) {
        this(name, card, memory, compute, keep, Stored.FP32, false);
    }

    /** @throws IllegalArgumentException when the memory cannot be read */
    public ResidentConfig {
        memory.ifPresent(ResidentConfig::bytes);
    }

    /** Which values are packed. */
    Packing packing() {
        if (storage == Stored.BF16) {
            return Packing.RESULTS;
        }
        return keep == Stored.BF16 ? Packing.KEPT : Packing.NONE;
    }

    /** The same with results stored in another way. */
    public ResidentConfig storing(Stored results) {
        return new ResidentConfig(name, card, memory, compute, keep, results, graphs);
    }

    /** The same with sequences of kernels as graphs. */
    ResidentConfig withGraphs() {
        return new ResidentConfig(name, card, memory, compute, keep, storage, true);
    }

    /** What is said of settings that work and bring nothing; empty where there is nothing to say. */
    Optional<String> advice() {
        return storage == Stored.BF16 && compute == Compute.FP32
                ? Optional.of(
                        "'storage: bf16' with 'compute: fp32': convolutions and products unpack what norms have stored, which"
                                + " costs time; write 'compute: bf16' beside it, or 'keep: bf16' in its place")
                : Optional.empty();
    }

    /** How operands are written under {@code compute}. */
    static String word(Operands operands) {
        return operands.name().toLowerCase(Locale.ROOT);
    }

    /** @param accelerator whether a processor is taken only where it is asked for */
    Wanted wanted(boolean accelerator) {
        OptionalInt number = card.map(OptionalInt::of).orElse(OptionalInt.empty());
        OptionalLong most = memory.map(text -> OptionalLong.of(bytes(text))).orElse(OptionalLong.empty());
        return new Wanted(name.orElse(""), number, accelerator, most);
    }

    private static long bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'memory' must be a number of bytes such as 20g, 1.5g or 800m, found '" + text + "'");
        }
        int power = matcher.group(2) == null ? 0 : " kmgt".indexOf(matcher.group(2));
        return (long) (Double.parseDouble(matcher.group(1)) * (1L << (10 * power)));
    }
}
