package org.scenecontexts.resident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.resident.device.ComputeDevice;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.SessionProgram;

/** Compiles each source once, behind the macros that all sources may use. */
final class ResidentPrograms implements DevicePrograms {

    private static final String GROUPS = "groups.cl";
    private static final String MATRIX = "matrix.cl";

    /** What all kernels have whose instructions may be emulated: much code, for few calls. */
    private static final String EMULATING = "EXCHANGE(";

    private final DeviceSession session;
    private final String prelude;
    private final Products products;
    private final Map<String, SessionProgram> compiled = new ConcurrentHashMap<>();

    /** What this thread has asked for since it began to make what it makes. */
    private final ThreadLocal<Set<SessionProgram>> asked = ThreadLocal.withInitial(HashSet::new);

    ResidentPrograms(DeviceSession session, Products products) {
        this.session = session;
        this.products = products;
        prelude = source(session.prelude())
                + source(GROUPS)
                + products.constants()
                + (products.matrix() ? source(MATRIX) : "");
    }

    private static String source(String file) {
        try (InputStream source = ResidentPrograms.class.getResourceAsStream(file)) {
            if (source == null) {
                throw new IllegalStateException(file + " is missing from the plugin's jar; build it again");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes something and waits until the programs that it asked for are compiled, side by side. What others have asked for
     * is theirs: a source of one plugin that is refused costs no other plugin its kernels.
     *
     * @throws UnsupportedOperationException when some were refused; the message has what the compiler said of each
     */
    <T> T whole(Supplier<T> maker) {
        Set<SessionProgram> outer = asked.get();
        Set<SessionProgram> own = new LinkedHashSet<>();
        asked.set(own);
        try {
            T made = maker.get();
            await(own);
            return made;
        } finally {
            asked.set(outer);
        }
    }

    private static void await(Set<SessionProgram> programs) {
        List<String> refused = new ArrayList<>();
        for (SessionProgram program : programs) {
            try {
                if (program.await() == 0) {
                    throw new IllegalStateException("a program was compiled to nothing");
                }
            } catch (UnsupportedOperationException e) {
                refused.add(e.getMessage());
            }
        }
        if (!refused.isEmpty()) {
            throw new UnsupportedOperationException(String.join("; ", refused));
        }
    }

    @Override
    public Limits limits() {
        ComputeDevice device = session.device();
        return new Limits(device.units(), device.groupItems(), device.localBytes());
    }

    @Override
    public Operands operands() {
        return products.operands();
    }

    @Override
    public DeviceProgram compile(String name, String source) {
        boolean optimized = !products.emulated() || !source.contains(EMULATING);
        SessionProgram program =
                compiled.computeIfAbsent(source, s -> session.compile(name, prelude + "#line 1\n" + s, optimized));
        asked.get().add(program);
        return program;
    }
}
