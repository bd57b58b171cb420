package org.scenecontexts.resident.dense;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;

/** What is done to every number alone, sums over everything, and optimizers: calls of {@code elements.cl}. */
abstract class ElementKernels implements DenseKernels {

    /** Numbers that a group adds up. */
    private static final int CHUNK = 1 << 14;

    private static final int SUM = 0;
    private static final int SQUARES = 1;
    private static final int NOT_FINITE = 2;

    private final DevicePrograms programs;
    private final BufferPool pool;
    private final DeviceProgram elements;

    ElementKernels(DevicePrograms programs, BufferPool pool) {
        this.programs = programs;
        this.pool = pool;
        elements = program("elements.cl");
    }

    /** Compiles a source that lies beside this class. */
    final DeviceProgram program(String name) {
        try (InputStream source = ElementKernels.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IllegalStateException(name + " is missing from the plugin's jar; build it again");
            }
            return programs.compile(name, new String(source.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Work with room for some doubles, which is lent again in the order of the queue. */
    interface Scratched {
        void with(Buffer room);
    }

    final void scratch(long doubles, Scratched work) {
        scratchFloats(2 * doubles, work);
    }

    final void scratchFloats(long floats, Scratched work) {
        Buffer room = pool.take(Math.max(2, Math.toIntExact(floats)));
        work.with(room);
        pool.give(room);
    }

    @Override
    public String description() {
        return "OpenCL C, values on the device";
    }

    // ---- elementwise ------------------------------------------------------------------------------------------

    @Override
    public void fill(int n, float value, Buffer out) {
        elements.launch("fill", Groups.of(n), n, value, out);
    }

    @Override
    public void broadcast(int n, Buffer value, Buffer out) {
        elements.launch("broadcast", Groups.of(n), n, value, out);
    }

    @Override
    public void copy(int n, Buffer x, Buffer out) {
        elements.launch("copy", Groups.of(n), n, x, out);
    }

    @Override
    public void add(int n, Buffer x, Buffer y, Buffer out) {
        elements.launch("add", Groups.of(n), n, x, y, out);
    }

    @Override
    public void subtract(int n, Buffer x, Buffer y, Buffer out) {
        elements.launch("subtract", Groups.of(n), n, x, y, out);
    }

    @Override
    public void multiply(int n, Buffer x, Buffer y, Buffer out) {
        elements.launch("multiply", Groups.of(n), n, x, y, out);
    }

    @Override
    public void scale(int n, float alpha, Buffer x, Buffer out) {
        elements.launch("scale", Groups.of(n), n, alpha, x, out);
    }

    @Override
    public void scaleBy(int n, Buffer alpha, Buffer x, Buffer out) {
        elements.launch("scaleBy", Groups.of(n), n, alpha, x, out);
    }

    @Override
    public void axpy(int n, float alpha, Buffer x, Buffer y) {
        elements.launch("axpy", Groups.of(n), n, alpha, x, y);
    }

    @Override
    public void relu(int n, Buffer x, Buffer out) {
        elements.launch("relu", Groups.of(n), n, x, out);
    }

    @Override
    public void reluBackward(int n, Buffer y, Buffer gradOut, Buffer gradIn) {
        elements.launch("reluBackward", Groups.of(n), n, y, gradOut, gradIn);
    }

    @Override
    public void overRoot(int n, double numerator, Buffer variance, double epsilon, Buffer out) {
        elements.launch("overRoot", Groups.of(n), n, numerator, variance, epsilon, out);
    }

    @Override
    public void overRoot(int n, Buffer numerator, Buffer variance, double epsilon, Buffer out) {
        elements.launch("overRootOf", Groups.of(n), n, numerator, variance, epsilon, out);
    }

    @Override
    public void follow(int n, double weight, double factor, Buffer batch, Buffer running) {
        elements.launch("follow", Groups.of(n), n, weight, factor, batch, running);
    }

    @Override
    public void crossEntropyBackward(int n, Buffer gradOut, Buffer divisor, Buffer gradient) {
        elements.launch("crossEntropyBackward", Groups.of(n), n, gradOut, divisor, gradient);
    }

    // ---- sums over everything ---------------------------------------------------------------------------------

    @Override
    public void sum(int n, Buffer x, Buffer out) {
        total(List.of(x.slice(0, n)), SUM, 0, out);
    }

    @Override
    public void norm(List<Buffer> parts, double limit, Buffer out) {
        total(parts, SQUARES, limit, out);
    }

    @Override
    public void allFinite(int n, Buffer x, Buffer out) {
        total(List.of(x.slice(0, n)), NOT_FINITE, 0, out);
    }

    private void total(List<Buffer> parts, int mode, double limit, Buffer out) {
        int all = parts.stream()
                .mapToInt(part -> Math.ceilDiv(part.capacity(), CHUNK))
                .sum();
        scratch(all, room -> {
            int first = 0;
            for (Buffer part : parts) {
                int groups = Math.ceilDiv(part.capacity(), CHUNK);
                elements.launch("partials", new Groups(groups, 1, 1), part.capacity(), mode, CHUNK, part, room, first);
                first += groups;
            }
            elements.launch("total", new Groups(1, 1, 1), all, mode, limit, room, out);
        });
    }

    // ---- optimizers -------------------------------------------------------------------------------------------

    /** A yes or no of OpenCL C. */
    static int flag(boolean yes) {
        return yes ? 1 : 0;
    }

    private static int there(Buffer buffer) {
        return flag(buffer.capacity() > 0);
    }

    @Override
    public void sgdStep(
            int n, Buffer parameter, Buffer gradient, Buffer momentum, Buffer step, Buffer flag, float weightDecay) {
        elements.launch(
                "sgd",
                Groups.of(n),
                n,
                parameter,
                gradient,
                momentum,
                there(momentum),
                step,
                flag,
                there(flag),
                weightDecay);
    }

    @Override
    public void adamStep(
            int n,
            Buffer parameter,
            Buffer gradient,
            Buffer first,
            Buffer second,
            Buffer step,
            Buffer flag,
            float epsilon,
            float coupledDecay) {
        elements.launch(
                "adam",
                Groups.of(n),
                n,
                parameter,
                gradient,
                first,
                second,
                step,
                flag,
                there(flag),
                epsilon,
                coupledDecay);
    }
}
