package org.scenecontexts.resident;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.resident.cl.Wanted;

/** Which device, and how numbers are multiplied there. */
public record ResidentConfig(
        @Doc("Part of the wanted device's or platform's name; the preferred one when left out, see 'csc info'.")
        Optional<String> name,

        @Doc(
                "Which of the devices that have the name, counted from 0 in the order of 'csc info'; the first when left out.")
        @Min(0)
        Optional<Integer> card,

        @Doc("How products are computed: in float32 throughout.") @Default("fp32")
        Compute compute) {

    /** How products are computed; values are stored as float32. */
    public enum Compute {
        /** Operands and sums in float32. */
        FP32;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The preferred device. */
    public static final ResidentConfig PREFERRED = new ResidentConfig(Optional.empty(), Optional.empty(), Compute.FP32);

    /** @param accelerator whether a processor is taken only where it is asked for */
    Wanted wanted(boolean accelerator) {
        OptionalInt number = card.map(OptionalInt::of).orElse(OptionalInt.empty());
        return new Wanted(name.orElse(""), number, accelerator);
    }
}
