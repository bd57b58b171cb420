package org.scenecontexts.benchmarks.gpu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * Writes the pipeline of a short training, from the example that users begin with.
 *
 * @param small whether network, data and training are those of a rehearsal
 */
record ShortTraining(boolean small) {

    private static final String SMALL_BACKBONE =
            "{ type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 }";
    private static final int ITERATIONS = 300;
    private static final int SMALL_ITERATIONS = 4;
    private static final int SMALL_SCENES = 2;

    int iterations() {
        return small ? SMALL_ITERATIONS : ITERATIONS;
    }

    /**
     * Makes the example shorter, once for each seed.
     *
     * @param name of the new pipeline
     * @param quickstart the example as YAML
     */
    String pipeline(String name, String quickstart, List<Integer> seeds) {
        Map<String, Object> root = map(new Yaml().load(quickstart));
        Map<String, Object> train =
                map(map(((List<?>) root.get("stages")).get(0)).get("train"));
        Map<String, Object> evaluate =
                map(map(((List<?>) root.get("stages")).get(1)).get("evaluate"));
        train.put("iterations", iterations());
        evaluate.remove("export");
        if (small) {
            train.put("backbone", new Yaml().load(SMALL_BACKBONE));
            train.put("data", fewer(train.get("data")));
            evaluate.put("data", fewer(evaluate.get("data")));
        }
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("id", "train");
        first.put("seed", "${matrix.seed}");
        first.put("train", train);
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("id", "eval");
        second.put("evaluate", evaluate);
        root.put("name", name);
        root.put("matrix", Map.of("seed", seeds));
        root.put("stages", List.of(first, second));
        return new Yaml().dump(root);
    }

    private static Map<String, Object> fewer(Object data) {
        Map<String, Object> changed = map(data);
        changed.put("scenes", SMALL_SCENES);
        return changed;
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, each) -> copy.put((String) key, each));
        return copy;
    }
}
