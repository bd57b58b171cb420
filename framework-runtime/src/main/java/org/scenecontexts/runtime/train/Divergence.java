package org.scenecontexts.runtime.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.run.Model;

/** Explains where a training that produced not-a-number or infinity went wrong: input, parameters, loss or gradients. */
final class Divergence {

    private static final int NAMED = 3;

    private final Map<String, Parameter> parameters;

    Divergence(Model model) {
        this.parameters = model.network().namedParameters();
    }

    /**
     * What has to be known of a pass when its batch is gone.
     *
     * @param scenes names of its scenes
     * @param finite whether all numbers that the network was given are
     * @param unlabelled whether the loss had no label to compare with, so that it may be not a number
     */
    record Inputs(List<String> scenes, boolean finite, boolean unlabelled) {

        static Inputs of(Batch batch, boolean unlabelled) {
            List<String> scenes =
                    batch.samples().stream().map(s -> s.example().id()).toList();
            boolean finite = batch.views().stream().allMatch(view -> Divergence.finite(view.inputs()));
            return new Inputs(scenes, finite, unlabelled);
        }
    }

    /** The message for a loss that is not finite. */
    String ofLoss(long iteration, double loss, Inputs inputs, double learningRate) {
        String scenes = inputs.scenes.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", "));
        String what =
                "stopped at iteration " + iteration + ": the loss is " + loss + " for the scenes " + scenes + "; ";
        if (!inputs.finite) {
            return what + "the network's inputs hold values that are not finite: check the colours and normals of these"
                    + " scenes";
        }
        List<String> bad = broken(p -> Optional.of(p.tensor()));
        String cause = bad.isEmpty()
                ? "inputs and all " + parameters.size()
                        + " parameters are finite, so the values grew too large inside the" + " network or in the loss"
                : "parameter " + named(bad) + " no longer holds finite numbers";
        return what + cause + "; " + remedy(learningRate);
    }

    /** The message for gradients that were not finite and that later steps have written over. */
    static String ofPastGradient(long iteration, double learningRate) {
        return "stopped because of iteration " + iteration
                + ": its gradients were not finite, so that the step was left" + " out; " + remedy(learningRate);
    }

    /** The message for gradients that are not finite. */
    String ofGradient(long iteration, double learningRate) {
        List<String> bad = broken(Parameter::grad);
        String where = bad.isEmpty()
                ? "their squares are too large to add up"
                : "first in the network at " + named(bad.subList(0, 1)) + ", nearest to the loss at "
                        + named(bad.subList(bad.size() - 1, bad.size())) + ", in " + bad.size() + " of "
                        + parameters.size()
                        + " parameters";
        return "stopped at iteration " + iteration + ": gradients are not finite, " + where + "; "
                + remedy(learningRate);
    }

    /** The message for parameters that are not finite, or nothing when all are. */
    Optional<String> ofParameters(long iteration, double learningRate) {
        List<String> bad = broken(p -> Optional.of(p.tensor()));
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of("stopped at iteration " + iteration + ": parameter " + named(bad)
                        + " no longer holds finite numbers; " + remedy(learningRate));
    }

    private List<String> broken(Function<Parameter, Optional<Tensor>> part) {
        return parameters.entrySet().stream()
                .filter(entry -> part.apply(entry.getValue())
                        .filter(t -> !finite(t.toArray()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static String named(List<String> names) {
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + more;
    }

    private static String remedy(double learningRate) {
        return String.format(
                Locale.ROOT,
                "the learning rate was %.3g: try a tenth of it, or add 'hooks: [{type: clip-gradients, norm: 1}]', or"
                        + " look at these scenes; the last checkpoint is from before this and running again goes on from"
                        + " it",
                learningRate);
    }
}
