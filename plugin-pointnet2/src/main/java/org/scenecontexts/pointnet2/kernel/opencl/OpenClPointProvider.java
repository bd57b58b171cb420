package org.scenecontexts.pointnet2.kernel.opencl;

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
import org.scenecontexts.pointnet2.kernel.IndexedPointKernels;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the point operators for {@code device: opencl}.
 *
 * @since 0.1
 */
@Extension
public final class OpenClPointProvider implements KernelProvider<PointKernels> {

    private static final Logger log = LoggerFactory.getLogger(OpenClPointProvider.class);

    @Override
    public Class<PointKernels> type() {
        return PointKernels.class;
    }

    @Override
    public String device() {
        return "opencl";
    }

    @Override
    public PointKernels create(TensorEngine engine) {
        PointKernels cpu = new IndexedPointKernels(engine.parallel());
        Offload offload = Offload.of(engine.settings());
        if (offload == Offload.NEVER) {
            log.info("{}: 'offload: never'", cpu.description());
            return cpu;
        }
        ClDevice device = ClDevices.choose(engine.settings().getOrDefault("name", ""));
        try {
            ClLauncher launcher = new ClLauncher(device);
            PointKernels onDevice = new OpenClPointKernels(launcher);
            log.info("OpenCL device {}", device.describe());
            PointRules rules = offload == Offload.ALWAYS
                    ? PointRules.always()
                    : PointRules.measure(Link.measure(launcher), onDevice, cpu);
            rules.describe().forEach(line -> log.info("{}", line));
            return new OffloadedPointKernels(onDevice, cpu, rules);
        } catch (DeviceFailure e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> availability(Parallel parallel) {
        try {
            List<String> lines = new ArrayList<>(ClDevices.describe());
            ClLauncher launcher = new ClLauncher(ClDevices.choose(""));
            PointKernels cpu = new IndexedPointKernels(parallel);
            Link link = Link.measure(launcher);
            lines.add("point operators: " + link.describe());
            lines.addAll(PointRules.measure(link, new OpenClPointKernels(launcher), cpu)
                    .describe());
            return lines;
        } catch (UnsupportedOperationException | DeviceFailure e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
