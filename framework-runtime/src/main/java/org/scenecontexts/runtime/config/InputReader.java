package org.scenecontexts.runtime.config;

import java.util.Optional;
import org.scenecontexts.api.data.InputFeature;

/** Reads what a network is told about each point: a word of the core, or an attribute of the points. */
final class InputReader implements Binder.SpecialReader<InputFeature> {

    @Override
    public Optional<InputFeature> read(Node node, String path, Problems problems) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isEmpty()) {
            problems.add(Problem.error(
                            "expected an input: " + InputFeature.coreWords() + ", or an attribute of the points",
                            node.position(),
                            path)
                    .suggesting("write colour, or intensity/65535"));
            return Optional.empty();
        }
        try {
            return Optional.of(InputFeature.parse(scalar.text()));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error(e.getMessage(), node.position(), path));
            return Optional.empty();
        }
    }
}
