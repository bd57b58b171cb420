package org.scenecontexts.datasets.clouds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;

/**
 * A value in a JSON document that somebody else wrote, with its place, so that what is missing is said exactly.
 *
 * @param place file and path in it
 */
record JsonPlace(String place, Object value) {

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    JsonPlace at(String key) {
        if (value instanceof Map<?, ?> map && map.containsKey(key)) {
            return new JsonPlace(place + (place.endsWith(": ") ? "" : ".") + key, map.get(key));
        }
        throw new CloudException(place + ": '" + key + "' is expected, found "
                + (value instanceof Map<?, ?> map ? map.keySet().toString() : String.valueOf(value)));
    }

    List<JsonPlace> items() {
        if (!(value instanceof List<?> list)) {
            throw new CloudException(place + ": a list is expected, found " + value);
        }
        List<JsonPlace> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new JsonPlace(place + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw new CloudException(place + ": a text is expected, found " + value);
    }

    double number() {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new CloudException(place + ": a finite number is expected, found " + value);
    }

    /** Three numbers. */
    double[] triple() {
        List<JsonPlace> items = items();
        if (items.size() != 3) {
            throw new CloudException(place + ": three numbers are expected, found " + value);
        }
        return items.stream().mapToDouble(JsonPlace::number).toArray();
    }

    /** The numbers under three keys. */
    double[] triple(String first, String second, String third) {
        return new double[] {at(first).number(), at(second).number(), at(third).number()};
    }
}
