package org.scenecontexts.sparseconv.kernel.opencl;

import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.opencl.ClDevice;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.opencl.DeviceFailure;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.opencl.Offload;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.kernel.SparseConvKernelsChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers sparse convolution for {@code device: opencl}.
 *
 * @since 0.1
 */
@Extension
public final class OpenClConvProvider implements KernelProvider<SparseConvKernels> {

    private static final Logger log = LoggerFactory.getLogger(OpenClConvProvider.class);

    @Override
    public Class<SparseConvKernels> type() {
        return SparseConvKernels.class;
    }

    @Override
    public String device() {
        return "opencl";
    }

    @Override
    public SparseConvKernels create(TensorEngine engine) {
        SparseConvKernels cpu = SparseConvKernelsChoice.forThisMachine().kernels();
        Offload offload = Offload.of(engine.settings());
        if (offload == Offload.NEVER) {
            log.info("sparse convolution runs on {}: 'offload: never'", cpu.name());
            return cpu;
        }
        ClDevice device = ClDevices.choose(engine.settings().getOrDefault("name", ""));
        try {
            ClLauncher launcher = new ClLauncher(device);
            SparseConvKernels onDevice = new OpenClSparseConvKernels(launcher);
            log.info("OpenCL device {}", device.describe());
            ConvRules rules = offload == Offload.ALWAYS
                    ? ConvRules.always()
                    : ConvRules.measure(Link.measure(launcher), onDevice, cpu, engine.parallel());
            rules.describe().forEach(line -> log.info("{}", line));
            return new OffloadedSparseConvKernels(onDevice, cpu, rules);
        } catch (DeviceFailure e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> availability(Parallel parallel) {
        try {
            List<String> lines = new ArrayList<>(ClDevices.describe());
            ClLauncher launcher = new ClLauncher(ClDevices.choose(""));
            SparseConvKernels cpu = SparseConvKernelsChoice.forThisMachine().kernels();
            Link link = Link.measure(launcher);
            lines.add("sparse convolution: " + link.describe());
            lines.addAll(ConvRules.measure(link, new OpenClSparseConvKernels(launcher), cpu, parallel)
                    .describe());
            return lines;
        } catch (UnsupportedOperationException | DeviceFailure e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
