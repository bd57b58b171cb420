package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows what programs call the coordinates, colours and normals of a point: {@code X Y Z}, {@code Points:0}, {@code POINT_X},
 * {@code x [m]}, {@code Rf Gf Bf}, {@code RGB:0}, {@code diffuse_red}, {@code Normals_0} and the like.
 */
final class FieldNames {

    static final List<List<String>> POSITIONS = triples(
            List.of(
                    "point",
                    "points",
                    "position",
                    "positions",
                    "pos",
                    "p",
                    "coord",
                    "coords",
                    "coordinate",
                    "coordinates",
                    "xyz",
                    "vertex",
                    "vertices"),
            List.of("x", "y", "z"),
            List.of(
                    List.of("x", "y", "z"),
                    List.of("x_coord", "y_coord", "z_coord"),
                    List.of("x_coordinate", "y_coordinate", "z_coordinate"),
                    List.of("easting", "northing", "elevation"),
                    List.of("easting", "northing", "height"),
                    List.of("easting", "northing", "altitude"),
                    List.of("easting", "northing", "z"),
                    List.of("e", "n", "z"),
                    List.of("e", "n", "h")));

    static final List<List<String>> COLOURS = colours();

    static final List<List<String>> NORMALS =
            triples(List.of("n", "normal", "normals"), List.of("x", "y", "z"), List.of(List.of("nx", "ny", "nz")));

    private FieldNames() {}

    private static List<List<String>> colours() {
        List<String> bases = List.of("rgb", "rgba", "color", "colors", "colour", "colours", "diffuse");
        List<List<String>> all = new ArrayList<>(triples(
                bases,
                List.of("r", "g", "b"),
                List.of(List.of("red", "green", "blue"), List.of("r", "g", "b"), List.of("rf", "gf", "bf"))));
        for (String base : bases) {
            all.add(List.of(base + "_red", base + "_green", base + "_blue"));
        }
        return List.copyOf(all);
    }

    private static List<List<String>> triples(List<String> bases, List<String> parts, List<List<String>> first) {
        List<List<String>> all = new ArrayList<>(first);
        for (String base : bases) {
            all.add(List.of(base + "_0", base + "_1", base + "_2"));
            all.add(parts.stream().map(part -> base + "_" + part).toList());
            all.add(parts.stream().map(part -> base + part).toList());
        }
        return List.copyOf(all);
    }

    /** A name without what differs from program to program: case, quotes, marks of comments, units in brackets, separators. */
    static String canonical(String name) {
        StringBuilder plain = new StringBuilder();
        boolean gap = false;
        int brackets = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            if (c == '[' || c == '(') {
                brackets++;
            } else if (c == ']' || c == ')') {
                brackets = Math.max(0, brackets - 1);
            } else if (Character.isLetterOrDigit(c) && brackets == 0) {
                plain.append(gap && !plain.isEmpty() ? "_" : "").append(c);
                gap = false;
                continue;
            }
            gap = true;
        }
        return plain.toString();
    }

    /** Where three fields of one kind stand among names; nothing when there is no such three. */
    static Optional<List<Integer>> find(List<String> names, List<List<String>> kind) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.putIfAbsent(canonical(names.get(i)), i);
        }
        return kind.stream()
                .filter(triple -> places.keySet().containsAll(triple))
                .findFirst()
                .map(triple -> triple.stream().map(places::get).toList());
    }
}
