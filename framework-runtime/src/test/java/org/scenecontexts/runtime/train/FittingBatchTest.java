package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.api.engine.TensorEngine;

/** What is named to somebody whose device is full: only what the engine can do, and does not do yet. */
class FittingBatchTest {

    /** Something of which nothing but these methods is called. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }

    private static <T> Optional<T> of(Class<T> type, boolean there) {
        return there ? Optional.of(answering(type, Map.of())) : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "true, true, false", "false, false, false"})
    void keepingActivationsInHalfTheirMemoryIsNamedWhereTheDeviceCanAndDoesNot(
            boolean device, boolean packs, boolean named) {
        TensorEngine engine = answering(
                TensorEngine.class,
                Map.of("programs", of(DevicePrograms.class, device), "packing", of(PackedValues.class, packs)));
        assertThat(FittingBatch.keepingLess(engine)).contains("recompute: true");
        assertThat(FittingBatch.keepingLess(engine).contains("'keep: bf16' of the device"))
                .isEqualTo(named);
    }
}
