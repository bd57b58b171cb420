package org.scenecontexts.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.run.Network;

/** Published files that keep a backbone under a prefix, beside the head, are read and written. */
class PublishedNamesTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void close() {
        engine.close();
    }

    private final class Part extends Module {
        Part(String... names) {
            for (String name : names) {
                child(name, new Linear(engine, new java.util.Random(1), 1, 1, false));
            }
        }
    }

    private static Map<String, NpArray> tensors(String... names) {
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name + ".weight", NpArray.of(new float[] {name.length()}, 1, 1));
        }
        return tensors;
    }

    @Test
    void aSmallBackboneUnderAPrefixIsFoundBesideALargerHead() {
        Network network = new Network(new Part("conv"), new Part("vote", "box", "score"));
        List<String> lines = new ArrayList<>();
        Weights found = ModelNames.fit(
                Weights.of(tensors("backbone_net.net.conv", "vote", "box", "score")), network.state(), lines);
        assertThat(found.tensors().keySet())
                .containsExactlyInAnyOrder("conv.weight", "vote.weight", "box.weight", "score.weight");
        assertThat(lines).containsExactly("'backbone_net.net.' dropped from the names of its tensors");
    }

    @Test
    void aCheckpointIsWrittenUnderPublishedNames() {
        Weights weights = new Weights(
                tensors("conv", "vote"),
                Optional.empty(),
                Map.of(PublishedNames.PREFIX, "backbone_net.", PublishedNames.HEAD, "{\"names\":[\"vote.weight\"]}"));
        assertThat(PublishedNames.of(weights, "a.safetensors").tensors().keySet())
                .containsExactly("backbone_net.conv.weight", "vote.weight");
    }

    @Test
    void aFileThatKnowsNoPrefixIsRefused() {
        assertThatThrownBy(() -> PublishedNames.of(Weights.of(tensors("conv")), "a.pth"))
                .hasMessageContaining("a.pth: does not say under which prefix")
                .hasMessageContaining("leave out --published-names");
    }
}
