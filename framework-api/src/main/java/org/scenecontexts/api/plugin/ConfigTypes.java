package org.scenecontexts.api.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/** Finds the configuration record of a factory class from the type arguments that it was declared with. */
final class ConfigTypes {

    private ConfigTypes() {}

    static Class<?> of(Class<?> factory) {
        Type found = search(factory, new HashMap<>());
        if (found instanceof Class<?> type && type.isRecord()) {
            return type;
        }
        throw new IllegalStateException("factory " + factory.getName()
                + " must name its configuration record as a type argument (for example BackboneFactory<Config>), or"
                + " override configType(); found " + found);
    }

    private static Type search(Type type, Map<TypeVariable<?>, Type> bindings) {
        Class<?> raw;
        if (type instanceof ParameterizedType parameterized) {
            raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], resolve(arguments[i], bindings));
            }
        } else if (type instanceof Class<?> plain) {
            raw = plain;
        } else {
            return null;
        }
        if (raw == Factory.class) {
            return resolve(raw.getTypeParameters()[0], bindings);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            Type found = search(parent, bindings);
            if (found != null) {
                return found;
            }
        }
        return raw.getGenericSuperclass() == null ? null : search(raw.getGenericSuperclass(), bindings);
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        Type resolved = type;
        while (resolved instanceof TypeVariable<?> variable && bindings.containsKey(variable)) {
            Type next = bindings.get(variable);
            if (next == resolved) {
                break;
            }
            resolved = next;
        }
        return resolved;
    }
}
