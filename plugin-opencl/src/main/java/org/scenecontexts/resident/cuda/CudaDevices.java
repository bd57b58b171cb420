package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.resident.device.DeviceFinder;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.Wanted;

/** Finds NVIDIA's cards by their driver, and opens the one to use. */
public final class CudaDevices implements DeviceFinder<CudaDevice> {

    private static final int NAME_BYTES = 256;
    private static final int MOST_ITEMS = 1;
    private static final int LOCAL_BYTES = 8;
    private static final int UNITS = 16;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int NO_DEVICE = 100;

    private final CudaLibrary library;
    private final Optional<Path> nvrtc;
    private final Optional<ProgramCache> cache;

    private CudaDevices(CudaLibrary library, Optional<Path> nvrtc, Optional<ProgramCache> cache) {
        this.library = library;
        this.nvrtc = nvrtc;
        this.cache = cache;
    }

    /**
     * The machine's, whose compiled programs are kept in the user's cache.
     *
     * @throws UnsupportedOperationException when there is no driver; the message says what to install
     */
    public static CudaDevices find() {
        return new CudaDevices(
                CudaLibrary.load(Optional.empty()), Nvrtc.told(), Optional.of(ProgramCache.ofUser(CudaDevice.BACKEND)));
    }

    /**
     * Those of another driver and another NVRTC, for tests.
     *
     * @param driver its library
     * @param nvrtc its library or folder
     * @param cache keeps compiled programs
     */
    public static CudaDevices find(Path driver, Path nvrtc, Optional<ProgramCache> cache) {
        return new CudaDevices(CudaLibrary.load(Optional.of(driver)), Optional.of(nvrtc), cache);
    }

    /** All cards, those with most multiprocessors first; whether there is NVRTC for them is not asked. */
    @Override
    public List<CudaDevice> list() {
        int begun = library.init();
        if (begun != 0 && begun != NO_DEVICE) {
            throw new UnsupportedOperationException("no CUDA: the driver does not begin: " + library.name(begun)
                    + "; install a driver that fits the card and its module, or write device: opencl");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            int count = begun == NO_DEVICE ? 0 : number(value, "counting the cards", library.deviceCount(value));
            if (count == 0) {
                throw new UnsupportedOperationException(
                        "no CUDA: the driver is there, but it finds no card (are there some"
                                + " in CUDA_VISIBLE_DEVICES, or in what the container may use?); write device: opencl for another");
            }
            List<CudaDevice> devices = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                devices.add(device(i, arena, value));
            }
            devices.sort(Comparator.comparingInt((CudaDevice device) -> -device.units())
                    .thenComparingInt(CudaDevice::ordinal));
            return List.copyOf(devices);
        }
    }

    private CudaDevice device(int ordinal, Arena arena, MemorySegment value) {
        int device = number(value, "finding a card", library.device(value, ordinal));
        MemorySegment name = arena.allocate(NAME_BYTES);
        library.require(library.deviceName(name, NAME_BYTES, device), "asking for a card's name");
        int version = number(value, "asking for the driver's version", library.version(value));
        return new CudaDevice(
                ordinal,
                name.getString(0),
                "for CUDA " + version / 1000 + "." + version % 1000 / 10,
                attribute(value, UNITS, device),
                library.made("asking for a card's memory", place -> library.totalMemory(place, device)),
                attribute(value, MOST_ITEMS, device),
                attribute(value, LOCAL_BYTES, device),
                10 * attribute(value, CAPABILITY_MAJOR, device) + attribute(value, CAPABILITY_MINOR, device));
    }

    private int attribute(MemorySegment value, int which, int device) {
        return number(value, "asking what a card can do", library.attribute(value, which, device));
    }

    private int number(MemorySegment value, String what, int code) {
        library.require(code, what);
        return value.get(JAVA_INT, 0);
    }

    @Override
    public CudaDevice choose(Wanted wanted) {
        CudaDevice device = wanted.of(list());
        CudaCompiler.target(device, compiler(device));
        return device;
    }

    @Override
    public DeviceSession open(Wanted wanted) {
        CudaDevice device = wanted.of(list());
        return new CudaSession(library, device, compiler(device), cache, wanted.memory());
    }

    private Nvrtc compiler(CudaDevice device) {
        try {
            return Nvrtc.load(nvrtc);
        } catch (UnsupportedOperationException e) {
            throw new UnsupportedOperationException("there is a card, " + device.name() + ", but " + e.getMessage(), e);
        }
    }
}
