package org.scenecontexts.runtime.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.plugin.Factory;

/**
 * A factory behind its guard: what it throws names it, what it creates is checked and guarded in turn.
 *
 * <p>It stands in for the factory everywhere, also where a plugin creates what a pipeline chose for it (the loss of a task),
 * and implements the same interfaces, those that a plugin has added included.
 */
public final class GuardedFactory implements InvocationHandler {

    /** What cannot fail in a way that is worth a message. */
    private static final Set<String> PLAIN = Set.of("name", "summary", "product", "configType");

    private static final Map<String, String> EXPECTED = Map.of(
            "sampling", "a sampler",
            "provides", "a set of capabilities, which may be empty",
            "requires", "a set of capabilities, which may be empty",
            "gives", "a set of predictions, which may be empty",
            "takes", "a set of predictions, which may be empty",
            "backbonePrefix", "a text, which may be empty",
            "headUnderPrefix", "a set of beginnings of names, which may be empty",
            "needs", "a set of parts of scenes, which may be empty",
            "leadingFigure", "the name of a figure");

    private final Factory<?, ?, ?> factory;
    private final Guard guard;

    private GuardedFactory(Factory<?, ?, ?> factory, Guard guard) {
        this.factory = factory;
        this.guard = guard;
    }

    /**
     * Puts a factory behind its guard; everything else, and what is behind one already, stays as it is.
     *
     * @param plugin id of the plugin that it comes from
     * @param version of that plugin
     */
    public static ExtensionPoint of(ExtensionPoint extension, String plugin, String version) {
        if (!(extension instanceof Factory<?, ?, ?> factory) || isGuarded(factory)) {
            return extension;
        }
        PluginPart part = new PluginPart(PluginPart.noun(factory.product()), factory.name(), plugin, version);
        GuardedFactory handler = new GuardedFactory(factory, new Guard(part));
        Class<?> type = factory.getClass();
        Class<?>[] interfaces = interfaces(type);
        return (ExtensionPoint) Proxy.newProxyInstance(loader(type, interfaces), interfaces, handler);
    }

    /**
     * Where the class of the stand-in lives: with the framework where only its interfaces are implemented, so that all
     * backbones share one class and all losses another. Making one for each plugin took a tenth of a second at every start.
     */
    private static ClassLoader loader(Class<?> type, Class<?>[] interfaces) {
        ClassLoader framework = GuardedFactory.class.getClassLoader();
        for (Class<?> candidate : interfaces) {
            try {
                if (Class.forName(candidate.getName(), false, framework) != candidate) {
                    return type.getClassLoader();
                }
            } catch (ClassNotFoundException e) {
                return type.getClassLoader();
            }
        }
        return framework;
    }

    /** Where an extension really comes from: the class loader of its plugin, also where it is behind its guard. */
    public static ClassLoader home(ExtensionPoint extension) {
        Object real =
                isGuarded(extension) ? ((GuardedFactory) Proxy.getInvocationHandler(extension)).factory : extension;
        return real.getClass().getClassLoader();
    }

    private static boolean isGuarded(Object factory) {
        return Proxy.isProxyClass(factory.getClass()) && Proxy.getInvocationHandler(factory) instanceof GuardedFactory;
    }

    /** All interfaces of a class that are visible to others. */
    private static Class<?>[] interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> direct : at.getInterfaces()) {
                if (Modifier.isPublic(direct.getModifiers())) {
                    found.add(direct);
                } else {
                    found.addAll(List.of(interfaces(direct)));
                }
            }
        }
        return found.toArray(Class<?>[]::new);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return switch (name) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> guard.part().toString();
            };
        }
        Supplier<Object> call = () -> reflect(method, arguments);
        if (PLAIN.contains(name)) {
            return call.get();
        }
        if (name.equals("create") && arguments != null && arguments.length == 2) {
            return created(call);
        }
        String called = name + "(...)";
        Object result =
                EXPECTED.containsKey(name) ? guard.notNull(called, EXPECTED.get(name), call) : guard.call(called, call);
        return result instanceof Sampler sampler ? new GuardedSampler(guard, sampler) : result;
    }

    private Object created(Supplier<Object> call) {
        String expected = "a " + PluginPart.noun(factory.product());
        Object product = guard.notNull("create(config, context)", expected, call);
        if (!factory.product().isInstance(product)) {
            throw guard.breach(
                    "create(config, context)",
                    "returned a " + product.getClass().getName(),
                    expected);
        }
        return GuardedProducts.guard(guard, factory.product(), product);
    }

    private Object reflect(Method method, Object[] arguments) {
        try {
            return method.invoke(factory, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                // Plugins in other languages throw checked exceptions that are not declared.
                default -> throw new IllegalStateException(e.getCause().toString(), e.getCause());
            }
        } catch (IllegalAccessException e) {
            // The class itself need not be public; its interface is.
            throw new IllegalStateException(
                    "its method " + method.getName() + " cannot be called: make the class public", e);
        }
    }
}
