package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.tensor.Operator;

/** The page of operators and layers has all of them. */
class OperatorPageTest {

    @Test
    void everyLayerOfTheApiStandsOnThePage() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(Layer.class.getResource("Layer.class").toURI()).getParent();
        Set<String> layers = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (file.toString().endsWith(".class")
                        && Class.forName(
                                        Layer.class.getPackageName() + "." + name,
                                        false,
                                        getClass().getClassLoader())
                                .isAnnotationPresent(Operator.class)) {
                    layers.add(name);
                }
            }
        }
        assertThat(OperatorPage.LAYERS.stream().map(Class::getSimpleName).collect(Collectors.toSet()))
                .containsAll(layers);
        assertThat(layers).contains("Linear", "LayerNorm");
    }

    @Test
    void formulasWithBarsDoNotEndTheirCells() {
        assertThat(OperatorPage.text().lines().filter(line -> line.startsWith("| `")))
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .as(line)
                        .hasSize(4));
    }
}
