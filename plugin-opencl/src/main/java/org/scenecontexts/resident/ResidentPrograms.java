package org.scenecontexts.resident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.resident.cl.ClDevice;
import org.scenecontexts.resident.cl.ClProgram;
import org.scenecontexts.resident.cl.ClSession;

/** Compiles each source once, behind the macros that all sources may use. */
final class ResidentPrograms implements DevicePrograms {

    private static final String PRELUDE = "prelude.cl";

    private final ClSession session;
    private final String prelude;
    private final Map<String, ClProgram> compiled = new ConcurrentHashMap<>();

    ResidentPrograms(ClSession session) {
        this.session = session;
        prelude = prelude();
    }

    private static String prelude() {
        try (InputStream source = ResidentPrograms.class.getResourceAsStream(PRELUDE)) {
            if (source == null) {
                throw new IllegalStateException(PRELUDE + " is missing from the plugin's jar; build it again");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until everything that was asked for so far is compiled.
     *
     * @throws UnsupportedOperationException when a source was refused; it is forgotten, so that this is said once
     */
    void await() {
        for (Map.Entry<String, ClProgram> program : compiled.entrySet()) {
            try {
                if (program.getValue().await() == 0) {
                    throw new IllegalStateException("a program was compiled to nothing");
                }
            } catch (UnsupportedOperationException e) {
                compiled.remove(program.getKey());
                throw e;
            }
        }
    }

    @Override
    public Limits limits() {
        ClDevice device = session.device();
        return new Limits(device.units(), device.groupItems(), device.localBytes());
    }

    @Override
    public DeviceProgram compile(String name, String source) {
        return compiled.computeIfAbsent(source, s -> session.compile(name, prelude + "#line 1\n" + s));
    }
}
