package org.scenecontexts.runtime.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.api.workload.WorkloadSuite;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.guard.LinkFaults;

/** Creates the extensions of one plugin, each on its own: one that fails does not take the others with it. */
final class ExtensionLoader {

    private final ClassLoader loader;
    private final List<ExtensionPoint> extensions = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();

    ExtensionLoader(ClassLoader loader) {
        this.loader = loader;
    }

    List<ExtensionPoint> extensions() {
        return extensions;
    }

    List<PluginProblem> problems() {
        return problems;
    }

    /** The class names that an index file lists, one a line, with {@code #} comments. */
    static Set<String> names(URL index) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        URLConnection connection = index.openConnection();
        connection.setUseCaches(false);
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Creates an extension, or records why it cannot be. */
    void load(String className) {
        try {
            Object created = loader.loadClass(className).getConstructor().newInstance();
            check(className, created).ifPresent(extensions::add);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            boolean link = cause instanceof ClassNotFoundException
                    || cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError);
            fail(
                    link ? LinkFaults.explain(className, cause) : "the constructor of " + className + " threw " + cause,
                    cause);
        } catch (ClassNotFoundException e) {
            problems.add(PluginProblem.error(
                    "the class " + className + " is listed as an extension but is not in the plugin",
                    "build the plugin again from clean"));
        } catch (NoSuchMethodException e) {
            problems.add(PluginProblem.error(
                    className + " has no public constructor without arguments",
                    "make the class and its constructor public; factories hold no state"));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError | AssertionError e) {
            fail(LinkFaults.explain(className, e), e);
        } catch (StackOverflowError e) {
            fail("creating " + className + " never ends (" + e + ")", e);
        }
    }

    private Optional<ExtensionPoint> check(String className, Object created) {
        switch (created) {
            case Factory<?, ?, ?> factory -> {
                String fault = fault(factory);
                if (!fault.isEmpty()) {
                    problems.add(
                            PluginProblem.error(className + " " + fault, "correct the factory; see its interface"));
                    return Optional.empty();
                }
                return Optional.of(factory);
            }
            case KernelProvider<?> provider -> {
                return Optional.of(provider);
            }
            case CloudReader reader -> {
                return Optional.of(reader);
            }
            case WorkloadSuite suite -> {
                return Optional.of(suite);
            }
            case WorkloadClouds clouds -> {
                return Optional.of(clouds);
            }
            default -> {
                boolean otherApi = implementsForeign(created.getClass());
                problems.add(PluginProblem.error(
                        className
                                + (otherApi
                                        ? " implements a copy of the API that came with a plugin"
                                        : " is annotated or listed as an extension but implements no extension point"),
                        otherApi
                                ? "give framework-api the scope 'provided' in the plugin's build"
                                : "implement one of the factory interfaces of framework-api"));
                return Optional.empty();
            }
        }
    }

    private static String fault(Factory<?, ?, ?> factory) {
        String name = factory.name();
        if (name == null || !name.matches("[a-z0-9]+([-.][a-z0-9]+)*")) {
            return "has the name '" + name + "'; expected lower-case words joined by hyphens";
        }
        if (factory.product() == null) {
            return "says null for what it creates";
        }
        RecordModel model = RecordModel.of(factory.configType());
        if (model.key("type").isPresent()) {
            return "has a configuration key 'type', which is reserved for choosing the plugin";
        }
        return factory.summary() == null ? "has no summary" : "";
    }

    private static boolean implementsForeign(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> parent : at.getInterfaces()) {
                if (parent.getName().startsWith("org.scenecontexts.api.") || implementsForeign(parent)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void fail(String reason, Throwable cause) {
        problems.add(PluginProblem.error(reason, LinkFaults.remedy(cause)));
    }
}
