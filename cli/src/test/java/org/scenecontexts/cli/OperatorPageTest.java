package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.tensor.Operator;

/** The page of operators and layers has all of them. */
class OperatorPageTest {

    @Test
    void everyLayerOfTheApiStandsOnThePage() {
        // From a folder of classes or a jar, whichever the build is at.
        Set<String> layers = new ClassFileImporter()
                .importPackages(Layer.class.getPackageName()).stream()
                        .filter(type -> type.isAnnotatedWith(Operator.class))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
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
