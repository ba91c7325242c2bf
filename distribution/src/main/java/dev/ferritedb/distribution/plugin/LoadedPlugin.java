package dev.ferritedb.distribution.plugin;

import dev.ferritedb.ports.plugin.Plugin;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// A plug-in that was found, with the loader of its classes.
///
/// @param place its folder or its JAR
record LoadedPlugin(String name, Path place, Plugin plugin, URLClassLoader loader) {

    /// Runs `work` with the plug-in's classes as the thread's context, as libraries inside of it expect.
    <T> T inside(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
