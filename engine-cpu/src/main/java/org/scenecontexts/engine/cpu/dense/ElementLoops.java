package org.scenecontexts.engine.cpu.dense;

/**
 * What is done to every number alone, over one range {@code from .. to - 1}, on one thread, in plain Java; the vector
 * version overrides what it does faster.
 */
public class ElementLoops {

    /** {@code out = x + y}. */
    public void add(int from, int to, float[] x, float[] y, float[] out) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] + y[i];
        }
    }

    /** {@code out = x - y}. */
    public void subtract(int from, int to, float[] x, float[] y, float[] out) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] - y[i];
        }
    }

    /** {@code out = x * y}. */
    public void multiply(int from, int to, float[] x, float[] y, float[] out) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] * y[i];
        }
    }

    /** {@code out = alpha * x}. */
    public void scale(int from, int to, float alpha, float[] x, float[] out) {
        for (int i = from; i < to; i++) {
            out[i] = alpha * x[i];
        }
    }

    /** {@code y += alpha * x}. */
    public void axpy(int from, int to, float alpha, float[] x, float[] y) {
        for (int i = from; i < to; i++) {
            y[i] += alpha * x[i];
        }
    }

    /** {@code out = max(x, 0)}, not-a-number kept. */
    public void relu(int from, int to, float[] x, float[] out) {
        for (int i = from; i < to; i++) {
            float v = x[i];
            out[i] = v < 0 ? 0 : v;
        }
    }

    /** {@code gradIn = y > 0 ? gradOut : 0}. */
    public void reluBackward(int from, int to, float[] y, float[] gradOut, float[] gradIn) {
        for (int i = from; i < to; i++) {
            gradIn[i] = y[i] > 0 ? gradOut[i] : 0;
        }
    }

    /** Sum in double precision. */
    public double sum(int from, int to, float[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < to; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    /** Sum of squares in double precision. */
    public double sumOfSquares(int from, int to, float[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += (double) x[i] * x[i];
            b += (double) x[i + 1] * x[i + 1];
            c += (double) x[i + 2] * x[i + 2];
            d += (double) x[i + 3] * x[i + 3];
        }
        for (; i < to; i++) {
            a += (double) x[i] * x[i];
        }
        return (a + b) + (c + d);
    }

    /** Whether all are finite. */
    public boolean allFinite(int from, int to, float[] x) {
        float a = 0;
        float b = 0;
        // Zero times a finite number is zero, times anything else not-a-number, which stays.
        int i = from;
        for (; i + 1 < to; i += 2) {
            a += 0 * x[i];
            b += 0 * x[i + 1];
        }
        for (; i < to; i++) {
            a += 0 * x[i];
        }
        return a + b == 0;
    }

    /** SGD without a momentum buffer. */
    public void sgdPlain(int from, int to, float[] p, float[] g, float rate, float decay) {
        for (int i = from; i < to; i++) {
            p[i] -= rate * (g[i] + decay * p[i]);
        }
    }

    /**
     * SGD with momentum: {@code b = keep * b + take * g}, {@code p -= rate * (nesterov ? g + mu * b : b)}.
     *
     * @param keep what stays of the buffer; 0 means that it is written without being read
     */
    public void sgdMomentum(
            int from,
            int to,
            float[] p,
            float[] g,
            float[] b,
            float rate,
            float keep,
            float take,
            float decay,
            float nesterov) {
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * p[i];
            float m = keep == 0 ? take * d : keep * b[i] + take * d;
            b[i] = m;
            p[i] -= rate * (nesterov == 0 ? m : d + nesterov * m);
        }
    }

    /** Adam with the bias corrections already worked into its numbers. */
    public void adam(int from, int to, float[] p, float[] g, float[] m, float[] v, AdamNumbers numbers) {
        float beta1 = numbers.beta1();
        float beta2 = numbers.beta2();
        float rest1 = numbers.rest1();
        float rest2 = numbers.rest2();
        for (int i = from; i < to; i++) {
            float d = g[i] + numbers.coupledDecay() * p[i];
            float first = beta1 * m[i] + rest1 * d;
            float second = beta2 * v[i] + rest2 * d * d;
            m[i] = first;
            v[i] = second;
            float denominator = (float) Math.sqrt(second) * numbers.secondScale() + numbers.epsilon();
            p[i] = p[i] * numbers.shrink() - numbers.rate() * first / denominator;
        }
    }

    /**
     * What a step of Adam multiplies with.
     *
     * @param rate learning rate over the first moment's bias correction
     * @param rest1 {@code 1 - beta1}
     * @param rest2 {@code 1 - beta2}
     * @param secondScale 1 over the root of the second moment's bias correction
     * @param coupledDecay weight decay added to the gradient (Adam), or 0
     * @param shrink what the parameter is multiplied with first (AdamW), or 1
     */
    public record AdamNumbers(
            float rate,
            float beta1,
            float beta2,
            float rest1,
            float rest2,
            float secondScale,
            float epsilon,
            float coupledDecay,
            float shrink) {}
}
