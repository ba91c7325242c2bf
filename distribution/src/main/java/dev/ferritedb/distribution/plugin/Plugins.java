package dev.ferritedb.distribution.plugin;

import dev.ferritedb.http.PluginEndpoint;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.imaging.ImageTransformer;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.plugin.Settings;
import dev.ferritedb.ports.plugin.Settings.InvalidSetting;
import dev.ferritedb.ports.storage.FileStore;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The plug-ins of one folder, and what they add. One that throws is told of under its own name and adds nothing;
/// the others go on.
public final class Plugins implements AutoCloseable {
    private final List<LoadedPlugin> loaded;
    private final List<URLClassLoader> loaders;
    private final List<String> names = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> problems;
    private final List<String> settingProblems = new ArrayList<>();
    private final List<RecordHook> hooks = new ArrayList<>();
    private final List<PluginEndpoint> endpoints = new ArrayList<>();
    private final List<Extension.Job> jobs = new ArrayList<>();
    private final List<Meters> meters = new ArrayList<>();
    private final List<IdentityProvider> identityProviders = new ArrayList<>();
    private final List<ImageTransformer> imageTransformers = new ArrayList<>();
    private Optional<FileStore> fileStore = Optional.empty();

    private Plugins(PluginFolder folder) {
        this.loaded = folder.found();
        this.loaders = folder.loaders();
        this.problems = new ArrayList<>(folder.problems());
    }

    /// @param folder may be missing
    /// @param settingsOf the section of a plug-in, by its name
    /// @param storageBackend the plug-in whose file store is to be opened; the stores of others stay closed
    /// @throws PluginError when two plug-ins have one name, or one a reserved name
    public static Plugins load(Path folder, Function<String, Settings> settingsOf, String storageBackend) {
        var scan = new PluginFolder();
        try {
            scan.scan(folder);
        } catch (PluginError contradiction) {
            scan.loaders().forEach(Plugins::close);
            throw contradiction;
        }
        var plugins = new Plugins(scan);
        for (LoadedPlugin plugin : plugins.loaded) {
            plugins.install(plugin, settingsOf.apply(plugin.name()), storageBackend);
        }
        return plugins;
    }

    private void install(LoadedPlugin plugin, Settings settings, String storageBackend) {
        var additions = new Additions(plugin, settings, storageBackend);
        try {
            plugin.inside(() -> {
                for (Extension extension : plugin.plugin().extensions()) additions.open(extension);
                return plugin;
            });
        } catch (InvalidSetting invalid) {
            failed.add(plugin.name());
            settingProblems.add(invalid.getMessage());
            return;
        } catch (Exception | LinkageError broken) {
            failed.add(plugin.name());
            problems.add("plug-in '" + plugin.name() + "' (" + plugin.place() + ") failed to start; it is left out: "
                    + PluginFolder.reason(broken));
            return;
        }
        Optional<String> taken = additions.identityProviders.stream()
                .map(IdentityProvider::name)
                .filter(name -> identityProviders.stream()
                        .anyMatch(known -> known.name().equals(name)))
                .findFirst();
        if (taken.isPresent()) {
            failed.add(plugin.name());
            problems.add("plug-in '" + plugin.name() + "' (" + plugin.place() + ") is left out: another one brings the"
                    + " identity provider '" + taken.get() + "' already");
            return;
        }
        names.add(plugin.name());
        hooks.addAll(additions.hooks);
        endpoints.addAll(additions.endpoints);
        jobs.addAll(additions.jobs);
        meters.addAll(additions.meters);
        identityProviders.addAll(additions.identityProviders);
        imageTransformers.addAll(additions.imageTransformers);
        if (additions.fileStore.isPresent()) fileStore = additions.fileStore;
    }

    /// Of one plug-in, so that one that fails half-way adds nothing.
    private static final class Additions {
        private final LoadedPlugin plugin;
        private final Settings settings;
        private final String storageBackend;
        private final List<RecordHook> hooks = new ArrayList<>();
        private final List<PluginEndpoint> endpoints = new ArrayList<>();
        private final List<Extension.Job> jobs = new ArrayList<>();
        private final List<Meters> meters = new ArrayList<>();
        private final List<IdentityProvider> identityProviders = new ArrayList<>();
        private final List<ImageTransformer> imageTransformers = new ArrayList<>();
        private Optional<FileStore> fileStore = Optional.empty();

        Additions(LoadedPlugin plugin, Settings settings, String storageBackend) {
            this.plugin = plugin;
            this.settings = settings;
            this.storageBackend = storageBackend;
        }

        void open(Extension extension) {
            switch (extension) {
                case Extension.FileStoreFactory factory -> {
                    if (plugin.name().equals(storageBackend)) fileStore = Optional.of(factory.open(settings));
                }
                case Extension.ImageTransformerFactory factory -> imageTransformers.add(factory.open(settings));
                case Extension.IdentityProvidersFactory factory ->
                    factory.open(settings).stream()
                            .map(provider -> Guarded.identityProvider(plugin, provider))
                            .forEach(identityProviders::add);
                case Extension.MetersFactory factory -> meters.add(Guarded.meters(plugin, factory.open(settings)));
                case Extension.RecordHookFactory factory -> hooks.add(Guarded.hook(plugin, factory.open(settings)));
                case Extension.EndpointFactory factory ->
                    endpoints.add(new PluginEndpoint(plugin.name(), Guarded.endpoint(plugin, factory.open(settings))));
                case Extension.JobFactory factory -> jobs.add(Guarded.job(plugin, factory.open(settings)));
            }
        }
    }

    /// Those that started, by the order of their files.
    public List<String> names() {
        return List.copyOf(names);
    }

    /// Those that were found and did not start.
    public List<String> failed() {
        return List.copyOf(failed);
    }

    /// What keeps a plug-in from starting, each a line; the server starts all the same.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Wrong settings of plug-ins, each a line; they stop the start as other wrong settings do.
    public List<String> settingProblems() {
        return List.copyOf(settingProblems);
    }

    public List<RecordHook> hooks() {
        return List.copyOf(hooks);
    }

    public List<PluginEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    public List<Extension.Job> jobs() {
        return List.copyOf(jobs);
    }

    /// All of them as one.
    public Meters meters() {
        return switch (meters.size()) {
            case 0 -> Meters.NONE;
            case 1 -> meters.getFirst();
            default -> Guarded.all(List.copyOf(meters));
        };
    }

    /// Each of a name of its own.
    public List<IdentityProvider> identityProviders() {
        return List.copyOf(identityProviders);
    }

    public List<ImageTransformer> imageTransformers() {
        return List.copyOf(imageTransformers);
    }

    /// The one of the chosen storage backend; whoever takes it closes it.
    public Optional<FileStore> fileStore() {
        return fileStore;
    }

    @Override
    public void close() {
        loaders.forEach(Plugins::close);
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException unclosable) {
            System.getLogger(Plugins.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot close " + loader.getName(), unclosable);
        }
    }
}
