package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartPreloadTest {

    @Test
    void aLibraryComesBeforeThoseOfTheUser() {
        Map<String, String> environment = new HashMap<>(Map.of("LD_PRELOAD", "/x/own.so"));
        Restart.preload(environment, Path.of("/jdk/lib/libjsig.so"));
        assertThat(environment).containsOnly(Map.entry("LD_PRELOAD", "/jdk/lib/libjsig.so:/x/own.so"));
    }

    @Test
    void aFolderWithBlanksIsNotTakenForTwoLibraries() {
        Map<String, String> environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", "/x"));
        Restart.preload(environment, Path.of("/my jdk/lib/libjsig.so"));
        assertThat(environment)
                .containsOnly(Map.entry("LD_PRELOAD", "libjsig.so"), Map.entry("LD_LIBRARY_PATH", "/my jdk/lib:/x"));
    }
}
