package org.scenecontexts.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scenecontexts.api.grid.GridConvolution;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Dropout;
import org.scenecontexts.api.nn.Gelu;
import org.scenecontexts.api.nn.GroupNorm;
import org.scenecontexts.api.nn.LayerNorm;
import org.scenecontexts.api.nn.LeakyRelu;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.Relu;
import org.scenecontexts.api.nn.Sigmoid;
import org.scenecontexts.api.nn.Silu;
import org.scenecontexts.api.nn.Tanh;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.GroupOperators;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.PointwiseOperators;
import org.scenecontexts.api.tensor.ShapeOperators;
import org.scenecontexts.api.tensor.Tensor;

/** Writes the manual's page of operators and layers from what {@link Operator} says beside each. */
final class OperatorPage {

    /** The layers, in the order of the page. */
    static final List<Class<?>> LAYERS = List.of(
            Linear.class,
            PointwiseConvolution.class,
            GridConvolution.class,
            BatchNorm.class,
            LayerNorm.class,
            GroupNorm.class,
            Dropout.class,
            Relu.class,
            LeakyRelu.class,
            Gelu.class,
            Silu.class,
            Sigmoid.class,
            Tanh.class);

    private static final String HEAD = "\n| name | what | shapes |\n|---|---|---|\n";

    private OperatorPage() {}

    static String text() {
        StringBuilder out = new StringBuilder("""
            # Operators and layers

            What networks in plugins are made of. All have gradients, but where the result is indices, and run on every device: where a
            device has no kernel of its own, the processor's serves. Operators are methods of `Tensor` unless the heading says
            otherwise. `...` is any shape, which stays; `[N, C]` is a matrix of N rows and C columns; groups are `Groups` of consecutive
            rows, of one size or of any (`Groups.ragged(engine, offsets)`), also empty ones.
            """);
        Map<String, Class<?>> families = new LinkedHashMap<>();
        families.put("Number by number", PointwiseOperators.class);
        families.put("Rows, columns and groups", GroupOperators.class);
        families.put("Products, shapes and indices", ShapeOperators.class);
        families.put("Joining: static methods of `Tensor`", Tensor.class);
        families.put("Losses: static methods of `Losses`, and `CrossEntropy`", Losses.class);
        families.put("Neighbourhoods: methods of `Neighbourhoods`", Neighbourhoods.class);
        families.forEach((title, type) -> {
            out.append("\n## ").append(title).append('\n').append(HEAD);
            if (type == Losses.class) {
                row("CrossEntropy", CrossEntropy.class.getAnnotation(Operator.class), out);
            }
            methods(type, out);
        });
        out.append("\n## Layers\n").append(HEAD);
        for (Class<?> layer : LAYERS) {
            row(layer.getSimpleName(), layer.getAnnotation(Operator.class), out);
        }
        return out.toString();
    }

    /** In the order of their names: reflection keeps none. */
    private static void methods(Class<?> type, StringBuilder out) {
        Arrays.stream(type.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Operator.class) && Modifier.isPublic(method.getModifiers()))
                .sorted(Comparator.comparing(OperatorPage::name))
                .forEach(method -> row(name(method), method.getAnnotation(Operator.class), out));
    }

    private static String name(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static void row(String name, Operator operator, StringBuilder out) {
        out.append("| `").append(name).append("` | ").append(operator.says().replace("|", "\\|"));
        out.append(" | `").append(operator.shapes().replace("|", "\\|")).append("` |\n");
    }
}
