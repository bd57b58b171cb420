package org.scenecontexts.runtime.plugin;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.pf4j.CompoundPluginLoader;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.scenecontexts.runtime.guard.SharedClasses;

/**
 * PF4J with four changes: the API always comes from the program (so that a copy in a plugin does no harm), nothing else of
 * the program is seen by plugins (see {@link SharedClasses}), a plugin class that throws says why, and no state is kept in
 * the plugin folder.
 */
final class CscPluginManager extends DefaultPluginManager {

    /** Not static: what is loaded must go when the manager does. */
    private final SharedClasses shared = new SharedClasses(CscPluginManager.class.getClassLoader());

    CscPluginManager(Path root) {
        super(root);
        setSystemVersion(ApiVersion.CURRENT);
    }

    /** The descriptor of a plugin file or folder; throws what PF4J throws where there is none. */
    PluginDescriptor descriptor(Path path) {
        return getPluginDescriptorFinder().find(path);
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new CompoundPluginLoader()
                .add(new DefaultPluginLoader(this) {
                    @Override
                    protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
                        return new SharedApiClassLoader(pluginManager, descriptor, shared);
                    }
                })
                .add(new JarPluginLoader(this) {
                    @Override
                    public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                        PluginClassLoader loader = new SharedApiClassLoader(pluginManager, descriptor, shared);
                        loader.addFile(path.toFile());
                        return loader;
                    }
                });
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return CscPluginManager::instantiate;
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {
                throw new UnsupportedOperationException("remove the plugin's file instead");
            }

            @Override
            public void enablePlugin(String pluginId) {
                // Every plugin in the folder is enabled.
            }
        };
    }

    private static Plugin instantiate(PluginWrapper wrapper) {
        String name = wrapper.getDescriptor().getPluginClass();
        if (name == null || name.equals(Plugin.class.getName())) {
            return new Plugin() {};
        }
        try {
            Class<?> type = wrapper.getPluginClassLoader().loadClass(name);
            for (var constructor : type.getConstructors()) {
                if (constructor.getParameterCount() == 0) {
                    return (Plugin) constructor.newInstance();
                }
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == PluginWrapper.class) {
                    return (Plugin) constructor.newInstance(wrapper);
                }
            }
            throw new IllegalStateException(
                    "the plugin class " + name + " has no public constructor without arguments");
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "the constructor of the plugin class " + name + " threw " + e.getCause(), e.getCause());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class " + name + " named by Plugin-Class is not in the plugin", e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException("the plugin class " + name + " cannot be used: " + e, e);
        }
    }

    /** Looks classes up in the plugin first, except for those that it shares with the program. */
    private static final class SharedApiClassLoader extends PluginClassLoader {

        private final ClassLoader shared;

        SharedApiClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader shared) {
            super(manager, descriptor, shared);
            this.shared = shared;
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            return SharedClasses.isShared(name) ? shared.loadClass(name) : super.loadClass(name);
        }
    }
}
