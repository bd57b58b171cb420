package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.ProgramCompiler;

/**
 * Compiles for a card by NVRTC: to the card's own code where NVRTC knows the card, which drivers take that are older than NVRTC,
 * else to the newest PTX below it, which the driver translates.
 */
final class CudaCompiler extends ProgramCompiler {

    /** With this a source asks that products and sums are rounded one by one. */
    private static final String NOT_MERGED = "#pragma OPENCL FP_CONTRACT OFF";

    private final CudaContext context;
    private final CudaDevice device;
    private final Nvrtc nvrtc;
    private final int target;

    /** @throws UnsupportedOperationException when NVRTC compiles for newer cards only */
    CudaCompiler(CudaContext context, CudaDevice device, Nvrtc nvrtc, Optional<ProgramCache> cache) {
        super(device, cache);
        this.context = context;
        this.device = device;
        this.nvrtc = nvrtc;
        target = target(device, nvrtc);
    }

    /** For which compute capability NVRTC is to compile. */
    static int target(CudaDevice device, Nvrtc nvrtc) {
        List<Integer> known = nvrtc.architectures();
        return known.stream()
                .filter(architecture -> architecture <= device.capability())
                .max(Integer::compare)
                .orElseThrow(() -> new UnsupportedOperationException("NVRTC " + nvrtc.version()
                        + " compiles for compute capabilities " + known + " (tenths), and " + device.name() + " has "
                        + device.capability() + "; install an older NVRTC (version 12), name its folder in "
                        + Nvrtc.VARIABLE + ", or write device: opencl"));
    }

    private boolean machine() {
        return target == device.capability();
    }

    @Override
    protected String options(String source, boolean optimized) {
        return "--gpu-architecture=" + (machine() ? "sm_" : "compute_") + target + " --std=c++17"
                + (source.contains(NOT_MERGED) ? " --fmad=false" : "");
    }

    /** A program that was compiled by one NVRTC is not another's. */
    @Override
    protected String version() {
        return "NVRTC " + nvrtc.version() + " ";
    }

    @Override
    protected Made compile(String name, String source, String options) {
        byte[] image;
        try {
            image = nvrtc.compile(name, source, List.of(options.split(" ")), machine());
        } catch (UnsupportedOperationException e) {
            throw new UnsupportedOperationException(
                    "NVRTC " + nvrtc.version() + " refused " + name + " for " + device.name() + ": " + e.getMessage(),
                    e);
        }
        return new Made(load(image, options), () -> Optional.of(image));
    }

    @Override
    protected long load(byte[] binary, String options) {
        CudaLibrary library = context.library();
        context.enter();
        try (Arena arena = Arena.ofConfined()) {
            // A zero behind it ends PTX.
            MemorySegment image = arena.allocate(binary.length + 1L, 16);
            MemorySegment.copy(binary, 0, image, JAVA_BYTE, 0, binary.length);
            long module = library.made("loading a compiled program", place -> library.loadModule(place, image));
            context.loaded(module);
            return module;
        }
    }
}
