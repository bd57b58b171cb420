package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.torch.LayoutEvidence;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.WeightLayouts;
import org.scenecontexts.io.torch.Weights;

/** Puts kernels into the order of the model, and asks where the order of the file is not known: a wrong one gives garbage. */
final class KernelOrder {

    private KernelOrder() {}

    /**
     * The weights in the order of the model.
     *
     * @param wanted the model's order; empty where it has no kernels with one
     * @param lines receives what to tell the user
     * @throws CloudException when the order matters and is neither told by the file nor said, or the two differ
     */
    static Weights inLayout(
            Path file, Weights weights, InitialWeights.Said said, Optional<WeightLayout> wanted, List<String> lines) {
        LayoutEvidence evidence = LayoutEvidence.of(weights);
        if (weights.layout().isPresent()
                && said.layout().isPresent()
                && !weights.layout().equals(said.layout())) {
            throw new CloudException(
                    file + ": records the kernel layout " + weights.layout().get() + ", not "
                            + said.layout().get() + "; leave out '" + said.layoutKey() + "'");
        }
        if (wanted.isEmpty() || !evidence.matters()) {
            return weights;
        }
        WeightLayout known = said.layout().or(evidence::layout).orElseThrow(() -> unknown(file, said, evidence));
        if (evidence.layout().isPresent() && known != evidence.layout().get()) {
            lines.add("kernels are taken to be " + known + " as '" + said.layoutKey() + "' says, though they look like "
                    + evidence.layout().get() + " (" + evidence.reason() + ")");
        }
        String reason = said.layout().isPresent() ? "'" + said.layoutKey() + "' says so" : evidence.reason();
        if (known == wanted.get()) {
            if (weights.layout().isEmpty()) {
                lines.add("kernels are in the layout " + known + " (" + reason + ")");
            }
            return weights;
        }
        lines.add("kernels are converted from the layout " + known + " (" + reason + ") to " + wanted.get());
        try {
            return WeightLayouts.convert(weights.in(known), wanted.get());
        } catch (IllegalArgumentException e) {
            throw new CloudException(file + ": " + e.getMessage(), e);
        }
    }

    private static CloudException unknown(Path file, InitialWeights.Said said, LayoutEvidence evidence) {
        return new CloudException(
                file + ": does not say in which order the 27 slices of its 3x3x3 kernels are stored, and a"
                        + " wrong order would load without an error and give garbage; say it with '" + said.layoutKey()
                        + "': minkowski-0.4 (the published weights, and what MinkowskiEngine 0.4 saved of residual blocks),"
                        + " minkowski-0.5 (x fastest, as 0.5 and others save) or spconv (" + evidence.reason() + ")");
    }
}
