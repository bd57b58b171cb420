package org.scenecontexts.nd4j;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.nd4j.cuda.CudaCheck;
import org.scenecontexts.nd4j.cuda.CudaDriver;

/**
 * Loads ND4J with the backend that was asked for, or says why that cannot be. ND4J knows one backend per process, and takes the
 * class loader of whoever calls first for its own; both are seen to here.
 */
final class Nd4jLibrary {

    private static final String SERVICES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

    private Nd4jLibrary() {}

    /** Which of ND4J's backends. */
    enum Backend {
        /** The processor, with OpenBLAS. */
        NATIVE("nd4j-native", "org.nd4j.linalg.cpu.nativecpu.CpuBackend", "csc plugins install nd4j"),
        /** NVIDIA's cards of compute capability 3.7 to 8.9. */
        CUDA("nd4j-cuda", "org.nd4j.linalg.jcublas.JCublasBackend", "csc plugins install nd4j --cuda");

        private final String jar;
        private final String type;
        private final String remedy;

        Backend(String jar, String type, String remedy) {
            this.jar = jar;
            this.type = type;
            this.remedy = remedy;
        }

        private boolean installed() {
            return ND4JClassLoading.classPresentOnClasspath(type, Nd4jLibrary.class.getClassLoader());
        }
    }

    /** ND4J, ready. */
    record Loaded(Backend backend, String description) {

        /** Products of OpenBLAS depend on the number of threads; CUDA's have no promised order. */
        Repeatability repeatability() {
            return backend == Backend.NATIVE ? Repeatability.SAME_BITS : Repeatability.NUMBERS;
        }
    }

    /**
     * Whether a backend can run here, found out without loading anything of ND4J.
     *
     * @param driver asked for the CUDA backend only
     * @return the card, in words behind the backend's name; empty for the processor
     * @throws UnsupportedOperationException when the backend is not installed or cannot run here
     */
    static String require(Backend backend, Supplier<CudaDriver> driver) {
        String where = "";
        if (backend == Backend.CUDA) {
            CudaDriver.Card card = CudaCheck.check(driver.get(), bundledCuda());
            where = " on " + card;
        }
        if (!backend.installed()) {
            throw new UnsupportedOperationException("ND4J's backend '"
                    + backend.name().toLowerCase(Locale.ROOT) + "' is not installed: run '" + backend.remedy + "'");
        }
        return where;
    }

    /**
     * Loads ND4J, if that has not been done, and tells it how many threads it has.
     *
     * @param driver asked for the CUDA backend only, before anything of ND4J is loaded
     * @throws UnsupportedOperationException when the backend is not installed or cannot run here
     */
    static Loaded load(Backend backend, int threads, Supplier<CudaDriver> driver) {
        String where = require(backend, driver);
        start(backend);
        Environment environment = Nd4j.getEnvironment();
        if (environment.isCPU() != (backend == Backend.NATIVE)) {
            throw new UnsupportedOperationException("this process has loaded ND4J's "
                    + (environment.isCPU() ? "native" : "CUDA") + " backend, and ND4J knows one per process; start csc"
                    + " again for the other");
        }
        environment.setMaxThreads(threads);
        environment.setMaxMasterThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
        return new Loaded(backend, "ND4J " + backend.jar + where);
    }

    private static boolean bundledCuda() {
        return ND4JClassLoading.classPresentOnClasspath(
                "org.bytedeco.cuda.cudart.redist", Nd4jLibrary.class.getClassLoader());
    }

    private static void start(Backend backend) {
        // Set by whoever knows better, these stay.
        if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
            System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = new OneBackend(Nd4jLibrary.class.getClassLoader(), backend);
        try {
            thread.setContextClassLoader(own);
            ND4JClassLoading.setNd4jClassloader(own);
            if (Nd4j.getBackend() == null) {
                throw new UnsupportedOperationException(
                        "ND4J found none of its backends; run '" + backend.remedy + "'");
            }
        } catch (LinkageError | RuntimeException e) {
            if (e instanceof UnsupportedOperationException told) {
                throw told;
            }
            throw new UnsupportedOperationException(
                    "ND4J's " + backend.jar + " cannot be loaded here: " + root(e)
                            + "; use 'device: cpu' or 'device: gpu'",
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** Shows ND4J one of the backends that are installed: among several it would choose by itself. */
    private static final class OneBackend extends ClassLoader {
        private final String jar;

        OneBackend(ClassLoader parent, Backend backend) {
            super("nd4j-" + backend, parent);
            jar = backend.jar;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            List<URL> all = Collections.list(super.getResources(name));
            return Collections.enumeration(
                    name.equals(SERVICES)
                            ? all.stream()
                                    .filter(url -> url.toString().contains(jar))
                                    .toList()
                            : all);
        }
    }
}
