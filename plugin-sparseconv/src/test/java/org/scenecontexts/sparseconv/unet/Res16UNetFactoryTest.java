package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.sparseconv.map.KernelLayout;

class Res16UNetFactoryTest {

    private static List<String> extensions() throws IOException {
        List<String> names = new ArrayList<>();
        for (URL index :
                Collections.list(Res16UNetFactory.class.getClassLoader().getResources("META-INF/extensions.idx"))) {
            try (InputStream lines = index.openStream()) {
                new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(names::add);
            }
        }
        return names;
    }

    @Test
    void isKnownUnderEveryPublishedName() throws Exception {
        for (String type : extensions().stream()
                .filter(line -> line.contains("Res16UNets$"))
                .toList()) {
            var factory =
                    (Res16UNetFactory) Class.forName(type).getConstructor().newInstance();
            assertThat(type).endsWithIgnoringCase(factory.name());
            assertThat(factory.configType()).isEqualTo(Res16UNetConfig.class);
        }
        assertThat(extensions())
                .filteredOn(line -> line.contains("Res16UNets$"))
                .hasSameSizeAs(Variant.values());
    }

    @Test
    void samplesVoxelsOfTheConfiguredSize() {
        var factory = new Res16UNets.Res16UNet34C();
        Scene scene = Scene.ofPositions("two points", new float[] {0, 0, 0, 0.03f, 0, 0});
        var config = new Res16UNetConfig(1, 0.05, 3, KernelLayout.HYPERCUBE, 0.02, 0.1, true, false);

        SampledPoints points = factory.sampling(config).sample(scene, new Random(1));

        assertThat(points.size()).isEqualTo(1);
        assertThat(points.spacing()).isEqualTo(0.05);
        assertThat(factory.provides(config)).contains(Capability.POINT_FEATURES, Capability.GRID);
    }

    @Test
    void refusesAFirstConvolutionOfEvenSize() {
        assertThatThrownBy(() -> new Res16UNetConfig(1, 0.02, 4, KernelLayout.HYPERCUBE, 0.02, 0.1, true, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 3 or 5, found 4");
    }
}
