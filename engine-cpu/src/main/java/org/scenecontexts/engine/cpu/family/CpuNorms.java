package org.scenecontexts.engine.cpu.family;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.NormKernels;

/**
 * Norms over groups of rows and parts of columns, with sums of numbers and of their squares in double precision, where the
 * difference of both loses nothing that float32 would show.
 */
final class CpuNorms implements NormKernels {

    private final Parallel parallel;

    CpuNorms(Parallel parallel) {
        this.parallel = parallel;
    }

    // ---- forward ----------------------------------------------------------------------------------------------

    /** What one call works on. */
    private record Job(
            int columns,
            int parts,
            double epsilon,
            float[] x,
            int atX,
            float[] gamma,
            int atGamma,
            float[] beta,
            int atBeta,
            float[] mean,
            int atMean,
            float[] inverse,
            int atInverse,
            float[] out,
            int atOut) {

        int width() {
            return columns / parts;
        }

        /** Adds sums and sums of squares of every part. */
        void sums(int from, int to, double[] sums, int at) {
            int width = width();
            for (int i = from; i < to; i++) {
                for (int p = 0; p < parts; p++) {
                    int start = atX + i * columns + p * width;
                    double sum = 0;
                    double squares = 0;
                    for (int j = start; j < start + width; j++) {
                        double v = x[j];
                        sum += v;
                        squares += v * v;
                    }
                    sums[at + 2 * p] += sum;
                    sums[at + 2 * p + 1] += squares;
                }
            }
        }

        void moments(int group, int rows, double[] sums) {
            double count = (double) rows * width();
            for (int p = 0; p < parts; p++) {
                double m = sums[2 * p] / count;
                double variance = Math.max(0, sums[2 * p + 1] / count - m * m);
                mean[atMean + group * parts + p] = (float) m;
                inverse[atInverse + group * parts + p] = (float) (1 / Math.sqrt(variance + epsilon));
            }
        }

        void normalize(int group, int from, int to) {
            int width = width();
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int p = 0; p < parts; p++) {
                    float m = mean[atMean + group * parts + p];
                    float s = inverse[atInverse + group * parts + p];
                    for (int j = p * width; j < (p + 1) * width; j++) {
                        float v = (x[atX + row + j] - m) * s;
                        v = gamma.length == 0 ? v : v * gamma[atGamma + j];
                        out[atOut + row + j] = beta.length == 0 ? v : v + beta[atBeta + j];
                    }
                }
            }
        }
    }

    @Override
    public void normalize(
            Groups groups,
            int columns,
            int parts,
            double epsilon,
            Buffer x,
            Buffer gamma,
            Buffer beta,
            Buffer mean,
            Buffer inverseStd,
            Buffer out) {
        Job job = new Job(
                columns,
                parts,
                epsilon,
                x.array(),
                x.arrayOffset(),
                gamma.array(),
                gamma.arrayOffset(),
                beta.array(),
                beta.arrayOffset(),
                mean.array(),
                mean.arrayOffset(),
                inverseStd.array(),
                inverseStd.arrayOffset(),
                out.array(),
                out.arrayOffset());
        Bounds bounds = Bounds.of(groups);
        int most = Pieces.rows(columns);
        if (bounds.largest() <= most) {
            parallel.rows(bounds.count, bounds.perPiece(columns), (first, end) -> {
                double[] sums = new double[2 * parts];
                for (int g = first; g < end; g++) {
                    Arrays.fill(sums, 0);
                    job.sums(bounds.from(g), bounds.to(g), sums, 0);
                    job.moments(g, bounds.to(g) - bounds.from(g), sums);
                    job.normalize(g, bounds.from(g), bounds.to(g));
                }
            });
            return;
        }
        Cuts cuts = Cuts.of(bounds, most);
        double[] partial = new double[cuts.count() * 2 * parts];
        cuts.each(parallel, (s, g, from, to) -> job.sums(from, to, partial, s * 2 * parts));
        double[] sums = new double[2 * parts];
        for (int g = 0; g < bounds.count; g++) {
            cuts.combine(g, 2 * parts, partial, sums);
            job.moments(g, bounds.to(g) - bounds.from(g), sums);
        }
        cuts.each(parallel, (s, g, from, to) -> job.normalize(g, from, to));
    }

    // ---- backward ---------------------------------------------------------------------------------------------

    /** What one call works on. */
    private record Back(
            int columns,
            int parts,
            float[] x,
            int atX,
            float[] out,
            int atOut,
            float[] mean,
            int atMean,
            float[] inverse,
            int atInverse,
            float[] gamma,
            int atGamma,
            float[] in,
            int atIn) {

        int width() {
            return columns / parts;
        }

        /**
         * Adds, for every part, the sums of {@code gamma g} and of {@code gamma g} times the normalised number; and for every
         * column those of g times the normalised number and of g.
         */
        void sums(int group, int from, int to, double[] ofParts, int at, double[] ofColumns, int atColumns) {
            int width = width();
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int p = 0; p < parts; p++) {
                    float m = mean[atMean + group * parts + p];
                    float s = inverse[atInverse + group * parts + p];
                    double plain = 0;
                    double along = 0;
                    for (int j = p * width; j < (p + 1) * width; j++) {
                        double g = out[atOut + row + j];
                        double v = (double) ((x[atX + row + j] - m) * s);
                        double scaled = gamma.length == 0 ? g : g * gamma[atGamma + j];
                        plain += scaled;
                        along += scaled * v;
                        ofColumns[atColumns + j] += g * v;
                        ofColumns[atColumns + columns + j] += g;
                    }
                    ofParts[at + 2 * p] += plain;
                    ofParts[at + 2 * p + 1] += along;
                }
            }
        }

        void finish(int group, int rows, int from, int to, double[] sums, int at) {
            int width = width();
            double count = (double) rows * width;
            for (int p = 0; p < parts; p++) {
                float m = mean[atMean + group * parts + p];
                float s = inverse[atInverse + group * parts + p];
                float plain = (float) (sums[at + 2 * p] / count);
                float along = (float) (sums[at + 2 * p + 1] / count);
                for (int i = from; i < to; i++) {
                    int row = i * columns;
                    for (int j = p * width; j < (p + 1) * width; j++) {
                        float g = out[atOut + row + j];
                        float v = (x[atX + row + j] - m) * s;
                        float scaled = gamma.length == 0 ? g : g * gamma[atGamma + j];
                        in[atIn + row + j] = s * (scaled - plain - v * along);
                    }
                }
            }
        }
    }

    @Override
    public void gradient(
            Groups groups,
            int columns,
            int parts,
            Buffer x,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gamma,
            Buffer gradIn,
            Buffer gradGamma,
            Buffer gradBeta) {
        Back job = new Back(
                columns,
                parts,
                x.array(),
                x.arrayOffset(),
                gradOut.array(),
                gradOut.arrayOffset(),
                mean.array(),
                mean.arrayOffset(),
                inverseStd.array(),
                inverseStd.arrayOffset(),
                gamma.array(),
                gamma.arrayOffset(),
                gradIn.array(),
                gradIn.arrayOffset());
        Bounds bounds = Bounds.of(groups);
        int most = Pieces.rows(columns);
        double[] ofColumns =
                bounds.largest() <= most ? smallGroups(job, bounds) : inStretches(job, bounds, Cuts.of(bounds, most));
        put(ofColumns, columns, 0, gradGamma);
        put(ofColumns, columns, columns, gradBeta);
    }

    /** Gives the sums over columns of all pieces, added up in their order. */
    private double[] smallGroups(Back job, Bounds bounds) {
        int columns = job.columns;
        int perPiece = bounds.perPiece(columns);
        int pieces = Pieces.count(bounds.count, perPiece);
        double[] partial = new double[pieces * 2 * columns];
        parallel.run(pieces, piece -> {
            double[] sums = new double[2 * job.parts];
            for (int g = piece * perPiece; g < Math.min(bounds.count, (piece + 1) * perPiece); g++) {
                int from = bounds.from(g);
                int to = bounds.to(g);
                Arrays.fill(sums, 0);
                job.sums(g, from, to, sums, 0, partial, piece * 2 * columns);
                job.finish(g, to - from, from, to, sums, 0);
            }
        });
        return added(partial, pieces, 2 * columns);
    }

    private double[] inStretches(Back job, Bounds bounds, Cuts cuts) {
        int columns = job.columns;
        int numbers = 2 * job.parts;
        double[] ofParts = new double[cuts.count() * numbers];
        double[] ofColumns = new double[cuts.count() * 2 * columns];
        cuts.each(
                parallel, (s, g, from, to) -> job.sums(g, from, to, ofParts, s * numbers, ofColumns, s * 2 * columns));
        double[] all = new double[bounds.count * numbers];
        double[] sums = new double[numbers];
        for (int g = 0; g < bounds.count; g++) {
            cuts.combine(g, numbers, ofParts, sums);
            System.arraycopy(sums, 0, all, g * numbers, numbers);
        }
        cuts.each(
                parallel, (s, g, from, to) -> job.finish(g, bounds.to(g) - bounds.from(g), from, to, all, g * numbers));
        return added(ofColumns, cuts.count(), 2 * columns);
    }

    private static double[] added(double[] partial, int pieces, int numbers) {
        double[] sums = new double[numbers];
        for (int i = 0; i < pieces * numbers; i++) {
            sums[i % numbers] += partial[i];
        }
        return sums;
    }

    private static void put(double[] sums, int columns, int from, Buffer out) {
        if (out.capacity() > 0) {
            for (int j = 0; j < columns; j++) {
                out.array()[out.arrayOffset() + j] = (float) sums[from + j];
            }
        }
    }
}
