package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.LossKernels;

/** Losses on the device; sums are doubles, made in an order that depends on sizes only. */
final class ResidentLosses implements LossKernels {

    private final DeviceProgram program;
    private final BufferPool pool;

    ResidentLosses(DeviceProgram program, BufferPool pool) {
        this.program = program;
        this.pool = pool;
    }

    private Buffer doubles(int count) {
        return pool.take(Math.max(1, Math.multiplyExact(2, count)));
    }

    @Override
    public void pair(Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer out) {
        program.launch("pair", Extent.items(n), n, loss.ordinal(), parameter, alpha, x, target, out);
    }

    @Override
    public void pairGradient(
            Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer gradOut, Buffer gradIn) {
        program.launch(
                "pairGradient", Extent.items(n), n, loss.ordinal(), parameter, alpha, x, target, gradOut, gradIn);
    }

    @Override
    public void focal(
            int rows,
            int columns,
            double gamma,
            Buffer logits,
            Indices labels,
            Buffer weights,
            Buffer gradient,
            Buffer loss,
            Buffer divisor) {
        Groups groups = Extent.items(rows);
        Buffer part = doubles(2 * groups.x());
        program.launch(
                "focal",
                groups,
                rows,
                columns,
                gamma,
                logits,
                labels,
                weights,
                weights.capacity() > 0 ? 1 : 0,
                gradient,
                part);
        program.launch("focalTotal", new Groups(1, 1, 1), groups.x(), part, loss, divisor);
        pool.give(part);
    }

    @Override
    public void lovasz(int rows, int columns, Buffer shares, Indices labels, Buffer gradient, Buffer loss) {
        int length = Math.max(1, Integer.highestOneBit(Math.max(1, rows - 1)) * (rows > 1 ? 2 : 1));
        int n = Extent.numbers(columns, length);
        int numbers = Extent.numbers(rows, columns);
        Buffer keys = doubles(n);
        Buffer counts = pool.take(Math.max(1, columns));
        Buffer part = doubles(columns);
        program.launch("lovaszKeys", Extent.items(n), n, rows, columns, length, shares, labels, keys);
        for (int run = 2; run <= length; run *= 2) {
            for (int stride = run / 2; stride > 0; stride /= 2) {
                program.launch("lovaszSort", Extent.items(n / 2), n / 2, length, run, stride, keys);
            }
        }
        Groups classes = new Groups(columns, 1, 1);
        program.launch("lovaszCount", classes, rows, labels, counts);
        program.launch("zero", Extent.items(numbers), numbers, gradient);
        program.launch("lovaszWalk", classes, columns, length, keys, shares, labels, counts, gradient, part);
        program.launch("lovaszTotal", new Groups(1, 1, 1), columns, counts, part, loss);
        pool.give(part);
        pool.give(counts);
        pool.give(keys);
    }
}
