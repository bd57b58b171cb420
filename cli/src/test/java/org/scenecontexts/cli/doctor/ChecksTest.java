package org.scenecontexts.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/** What each check says of machines that are made up. */
class ChecksTest {

    private static final long GIBI = 1L << 30;

    @TempDir
    private Path root;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "java.version", "25.0.1",
            "java.vendor", "Somebody",
            "java.home", "/opt/jdk",
            "java.vm.info", "mixed mode",
            "os.arch", "amd64",
            "sun.jnu.encoding", "UTF-8",
            "stdout.encoding", "UTF-8"));
    private int processors = 4;
    private long heap = 4 * GIBI;
    private long memory = 8 * GIBI;

    private Surroundings machine() {
        return new Surroundings(root, environment, properties, processors, heap, memory);
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private static Finding only(Check check) {
        List<Finding> findings = check.run();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static void is(Finding finding, Verdict verdict, String... words) {
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.found() + " -> " + finding.remedy()).contains(words);
    }

    @Test
    void aFindingThatIsBadSaysWhatToDo() {
        assertThatThrownBy(() -> Finding.warning("it is late", " ")).hasMessageContaining("needs a remedy");
    }

    @Test
    void java() {
        is(only(new JavaCheck(machine(), true)), Verdict.OK, "25.0.1", "/opt/jdk");
        properties.put("java.version", "21.0.4");
        is(only(new JavaCheck(machine(), true)), Verdict.PROBLEM, "csc needs 25", "JAVA_HOME");
        properties.put("java.version", "26-ea");
        is(only(new JavaCheck(machine(), true)), Verdict.WARNING, "tested with releases of Java 25");
        properties.put("java.version", "25.0.1");
        is(new JavaCheck(machine(), false).run().getLast(), Verdict.WARNING, "--add-modules jdk.incubator.vector");
        properties.put("java.vm.info", "interpreted mode");
        is(new JavaCheck(machine(), true).run().getLast(), Verdict.WARNING, "-Xint");
    }

    @Test
    void processorAndItsFeatures() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: Fast One\nflags\t\t: fpu avx2 fma avx512f");
        is(only(new ProcessorCheck(machine())), Verdict.OK, "Fast One, 4 processors for csc, avx2 avx512f fma");
        file("proc/cpuinfo", "model name\t: Old One\nflags\t\t: fpu sse2");
        is(only(new ProcessorCheck(machine())), Verdict.WARNING, "Old One", "avx2");
    }

    @Test
    void aContainerThatGetsLessTimeThanItHasThreads() throws IOException {
        file("proc/cpuinfo", "model name\t: Fast One\nflags\t\t: avx2 fma");
        file("proc/self/cgroup", "0::/job/step");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
        file("sys/fs/cgroup/job/step/cpu.max", "max 100000");
        file("sys/fs/cgroup/job/cpu.max", "150000 100000");
        is(new ProcessorCheck(machine()).run().getLast(), Verdict.WARNING, "time of 1.5 processors", "--threads 1");
    }

    @Test
    void memoryOfTheMachine() {
        is(only(new MemoryCheck(machine())), Verdict.OK, "up to 4.0 GiB of heap", "the machine has 8.0 GiB");
        heap = GIBI / 2;
        is(only(new MemoryCheck(machine())), Verdict.WARNING, "1 GiB and more", "-Xmx3g");
    }

    @Test
    void aHeapAboveTheLimitOfTheContainer() throws IOException {
        file("proc/self/cgroup", "0::/");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
        file("sys/fs/cgroup/memory.max", Long.toString(3 * GIBI));
        file("sys/fs/cgroup/memory.events", "low 0\noom 3\noom_kill 2");
        List<Finding> findings = new MemoryCheck(machine()).run();
        is(findings.getFirst(), Verdict.PROBLEM, "cgroup v2", "3.0 GiB", "-Xmx2150m");
        is(findings.getLast(), Verdict.WARNING, "2 processes of this container were killed");
    }

    @Test
    void theHeapThatIsAdvisedFitsIntoASmallContainerToo() throws IOException {
        file("proc/self/cgroup", "0::/");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
        file("sys/fs/cgroup/memory.max", Long.toString(GIBI / 2));
        is(only(new MemoryCheck(machine())), Verdict.PROBLEM, "0.5 GiB", "-Xmx358m");
    }

    @Test
    void theFirstVersionOfControlGroups() throws IOException {
        file("proc/self/cgroup", "4:memory:/slurm/job_1\n3:cpu,cpuacct:/slurm/job_1");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        file("sys/fs/cgroup/memory/slurm/job_1/memory.limit_in_bytes", Long.toString(2 * GIBI));
        file("sys/fs/cgroup/cpu/slurm/job_1/cpu.cfs_quota_us", "200000");
        file("sys/fs/cgroup/cpu/slurm/job_1/cpu.cfs_period_us", "100000");
        Cgroup group = Cgroup.of(machine());
        assertThat(group.version()).isEqualTo(1);
        assertThat(group.memory()).hasValue(2 * GIBI);
        assertThat(group.processors()).hasValue(2);
    }

    @Test
    void noControlGroupsAndNoLimits() throws IOException {
        assertThat(Cgroup.of(machine()).version()).isZero();
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
        file("sys/fs/cgroup/memory.max", "max");
        assertThat(Cgroup.of(machine()).memory()).isEmpty();
        assertThat(Cgroup.of(machine()).processors()).isEmpty();
    }

    @Test
    void otherProgramsThatHoldTheMemory() throws IOException {
        file("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable:  800000 kB");
        is(new MemoryCheck(machine()).run().getLast(), Verdict.WARNING, "0.8 GiB", "-Xmx546m");
    }

    @Test
    void kernelsAndDevices() {
        var cpu = new Devices.Device("cpu", "engine-cpu", List.of("8 floats"));
        var broken = new Devices.Device("opencl", "plugin-opencl", List.of("cannot be used: no platform"));
        List<Finding> findings = new DevicesCheck(() -> List.of(cpu, broken)).run();
        is(findings.getFirst(), Verdict.OK, "'cpu'", "8 floats");
        is(findings.getLast(), Verdict.OK, "no platform", "device: opencl");
        is(
                only(new DevicesCheck(() -> List.of(new Devices.Device("cpu", "e", List.of("cannot be used: x"))))),
                Verdict.PROBLEM,
                "x");
        is(only(new DevicesCheck(List::of)), Verdict.PROBLEM, "no plugin offers the engine 'cpu'");
    }

    @Test
    void noOpenClWhereNothingNeedsIt() {
        is(only(new OpenClCheck(machine())), Verdict.OK, "there is no OpenCL");
    }

    @Test
    void aCardWhoseDriverTheLoaderIsNotToldOf() throws IOException {
        file("dev/nvidia0", "");
        file("usr/lib/x86_64-linux-gnu/libOpenCL.so.1", "");
        file("usr/lib/x86_64-linux-gnu/libnvidia-opencl.so.1", "");
        file("etc/OpenCL/vendors/pocl.icd", "libpocl.so.2");
        is(
                only(new OpenClCheck(machine())),
                Verdict.WARNING,
                "a card of NVIDIA, but /etc/OpenCL/vendors lists pocl.icd (libpocl.so.2)",
                "libnvidia-opencl.so.1",
                "OCL_ICD_VENDORS");
        Path own = Files.createDirectory(root.resolve("own"));
        Files.writeString(own.resolve("nvidia.icd"), "libnvidia-opencl.so.1\n");
        environment.put("OCL_ICD_VENDORS", own.toString());
        is(only(new OpenClCheck(machine())), Verdict.OK, own + " (OCL_ICD_VENDORS)", "nvidia.icd");
        environment.put("OPENCL_VENDOR_PATH", String.valueOf(environment.remove("OCL_ICD_VENDORS")));
        is(only(new OpenClCheck(machine())), Verdict.OK, own + " (OPENCL_VENDOR_PATH)", "nvidia.icd");
    }

    @Test
    void aCardWhoseDriverIsNotThereAndDriversWithoutALoader() throws IOException {
        file("dev/kfd", "");
        List<Finding> findings = new OpenClCheck(machine()).run();
        is(findings.getFirst(), Verdict.WARNING, "AMD", "no driver", "libamdocl64.so");
        is(findings.getLast(), Verdict.WARNING, "libOpenCL.so.1 is not there", "ocl-icd-libopencl1");
    }

    @Test
    void launchersOfSeveralProcesses() throws IOException {
        Check check = new OptionalPartsCheck(machine(), List::of);
        is(check.run().getFirst(), Verdict.OK, "ND4J: no plugin", "csc plugins install nd4j");
        is(check.run().getLast(), Verdict.OK, "no launcher");
        environment.put("OMPI_COMM_WORLD_SIZE", "8");
        is(new OptionalPartsCheck(machine(), List::of).run().getLast(), Verdict.WARNING, "one of 8", "without mpirun");
    }

    @Test
    void placesThatCanBeWrittenAndThoseThatCannot() throws IOException {
        Path runs = root.resolve("not/yet/there");
        Path file = Files.writeString(root.resolve("file"), "no folder");
        file("proc/mounts", "tmpfs / ext4 rw 0 0\nnone " + root + " tmpfs rw,noexec 0 0");
        List<Finding> findings = new WriteCheck(machine(), runs, root).run();
        is(findings.getFirst(), Verdict.OK, "not/yet/there");
        is(findings.getLast(), Verdict.WARNING, "noexec", "java.io.tmpdir");
        assertThat(runs).doesNotExist();
        assertThat(Files.list(root).map(path -> path.getFileName().toString()))
                .noneMatch(name -> name.startsWith(".csc-doctor"));
        assertThat(WriteCheck.existing(file.resolve("below"))).isEqualTo(root.toAbsolutePath());
    }

    private static DiskCheck.Disk disk(long free, String type, double seconds) {
        return new DiskCheck.Disk() {
            @Override
            public long free(Path folder) {
                return free;
            }

            @Override
            public String type(Path folder) {
                return type;
            }

            @Override
            public double write(Path folder, int bytes) {
                return seconds;
            }
        };
    }

    @Test
    void roomAndSpeedOfTheDisk() {
        List<Finding> good = new DiskCheck(root, disk(50 * GIBI, "ext4", 0.1)).run();
        is(good.getFirst(), Verdict.OK, "50.0 GiB free", "ext4");
        // 32 MiB in a tenth of a second.
        is(good.getLast(), Verdict.OK, "336 MB/s");
        is(new DiskCheck(root, disk(50 * GIBI, "nfs4", 4)).run().getLast(), Verdict.WARNING, "8 MB/s", "--runs");
        is(new DiskCheck(root, disk(2 * GIBI, "ext4", 0.1)).run().getFirst(), Verdict.WARNING, "2.0 GiB free");
        is(only(new DiskCheck(root, disk(1 << 20, "ext4", 0.1))), Verdict.PROBLEM, "'csc runs list'");
        is(new DiskCheck(root, disk(50 * GIBI, "tmpfs", 0.1)).run().get(1), Verdict.WARNING, "lie in memory");
    }

    @Test
    void aRealDiskIsTriedAndLeftAsItWas() throws IOException {
        double seconds = new DiskCheck.RealDisk().write(root, 1 << 16);
        assertThat(seconds).isPositive();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void clocks() throws IOException {
        is(only(new ClockCheck(machine(), Clock.systemUTC(), root)), Verdict.OK, "time zone Z");
        Clock old = Clock.fixed(Instant.parse("1970-01-01T00:10:00Z"), ZoneOffset.UTC);
        List<Finding> findings = new ClockCheck(machine(), old, root).run();
        is(findings.getFirst(), Verdict.PROBLEM, "1970", "timedatectl");
        is(findings.getLast(), Verdict.WARNING, "apart from the clock");
        file("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
        is(new ClockCheck(machine(), Clock.systemUTC(), root).run().getLast(), Verdict.WARNING, "'hpet'");
    }

    @Test
    void locales() {
        is(only(new LocaleCheck(machine(), Locale.GERMANY)), Verdict.OK, "de_DE", "UTF-8");
        properties.put("sun.jnu.encoding", "ANSI_X3.4-1968");
        properties.put("stdout.encoding", "US-ASCII");
        List<Finding> findings = new LocaleCheck(machine(), Locale.ROOT).run();
        is(findings.getFirst(), Verdict.WARNING, "ANSI_X3.4-1968", "LC_ALL=C.UTF-8");
        is(findings.getLast(), Verdict.WARNING, "US-ASCII");
    }

    @Test
    void plugins() {
        is(only(new PluginsCheck(PluginCatalog.empty())), Verdict.OK, "0 plugins");
    }

    @Test
    void aCheckThatFailsIsAFindingAndTheOthersAreMade() {
        Check broken = new Check() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Finding> run() {
                throw new IllegalStateException("no such thing");
            }
        };
        var examined = new Doctor(List.of(broken, new LocaleCheck(machine(), Locale.ROOT))).examine();
        is(examined.get("broken").getFirst(), Verdict.WARNING, "no such thing", "--json");
        assertThat(examined).containsKey("locale");
        assertThat(Doctor.worst(examined)).isEqualTo(Verdict.WARNING);
    }
}
