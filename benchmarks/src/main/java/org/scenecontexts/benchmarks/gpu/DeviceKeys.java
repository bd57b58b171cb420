package org.scenecontexts.benchmarks.gpu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What stands under {@code device:}, so that the same card can be asked for in other ways.
 *
 * @param values by key; {@code type} is always there
 */
record DeviceKeys(Map<String, Object> values) {

    private static final String TYPE = "type";

    DeviceKeys {
        values = Map.copyOf(values);
    }

    /**
     * Reads a device as it is written behind {@code --device}.
     *
     * @throws IllegalArgumentException when it is no device
     */
    static DeviceKeys of(String written) {
        Object read = new Yaml().load(DeviceOption.yaml(written));
        Map<String, Object> values = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), value));
        } else {
            values.put(TYPE, String.valueOf(read));
        }
        if (!(values.get(TYPE) instanceof String)) {
            throw new IllegalArgumentException(
                    "a device such as gpu, cuda:1 or {type: opencl, name: h100} is expected, found '" + written + "'");
        }
        return new DeviceKeys(values);
    }

    String type() {
        return (String) values.get(TYPE);
    }

    Optional<String> name() {
        return Optional.ofNullable(values.get("name")).map(String::valueOf);
    }

    int card() {
        return values.get("card") instanceof Number number ? number.intValue() : 0;
    }

    /** The same with another value of a key. */
    DeviceKeys with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        return new DeviceKeys(changed);
    }

    /** The same, computed in a way; keys of graphs and of storage are written only where they are wanted. */
    DeviceKeys in(Way way) {
        DeviceKeys computing = with("compute", way.compute());
        DeviceKeys storing = way.stores() ? computing.with("storage", "bf16") : computing;
        return way.graphs() ? storing.with("graphs", true) : storing;
    }

    /** For {@code --device}, and for behind {@code device:}. */
    String yaml() {
        DumperOptions flow = new DumperOptions();
        flow.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        flow.setWidth(Integer.MAX_VALUE);
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put(TYPE, type());
        values.keySet().stream().sorted().forEach(key -> ordered.putIfAbsent(key, values.get(key)));
        return new Yaml(flow).dump(ordered).strip();
    }
}
