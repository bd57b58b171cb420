package org.scenecontexts.runtime.checkpoint;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.log.Json;

/**
 * Gives the tensors of a checkpoint the names that published files of its task have: some keep their backbone under a prefix,
 * while checkpoints of this program have backbone and head on one level.
 *
 * @since 0.2
 */
public final class PublishedNames {

    /** Under this name in the metadata of checkpoints whose task has a prefix. */
    public static final String PREFIX = "csc.backbone-prefix";

    /** The names of the head's tensors, which have no prefix. */
    public static final String HEAD = "csc.head";

    private PublishedNames() {}

    /**
     * The weights under published names.
     *
     * @param source for messages
     * @throws CloudException when the file does not know them
     */
    public static Weights of(Weights weights, String source) {
        String prefix = weights.metadata().getOrDefault(PREFIX, "");
        Object names = Json.parse(weights.metadata().getOrDefault(HEAD, "{}"))
                .map(values -> values.get("names"))
                .orElse(null);
        if (prefix.isEmpty() || !(names instanceof List<?> list)) {
            throw new CloudException(
                    source + ": does not say under which prefix published files keep its backbone; only"
                            + " checkpoints of tasks whose published names have one do. Its names are the published ones already,"
                            + " or it is no checkpoint of this program: leave out --published-names");
        }
        Set<String> head = new HashSet<>();
        list.forEach(name -> head.add(String.valueOf(name)));
        Map<String, NpArray> renamed = new LinkedHashMap<>();
        weights.tensors().forEach((name, array) -> {
            boolean own = head.contains(name) || Checkpoint.isBeside(name);
            renamed.put(own ? name : prefix + name, array);
        });
        return new Weights(renamed, weights.layout(), weights.metadata(), "", weights.remarks());
    }
}
