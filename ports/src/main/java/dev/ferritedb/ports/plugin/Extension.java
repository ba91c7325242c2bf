package dev.ferritedb.ports.plugin;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.imaging.ImageTransformer;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.storage.FileStore;
import java.time.Duration;
import java.util.List;

/// One thing that a plug-in adds. Each kind is a factory that gets the plug-in's own settings, once, at start.
public sealed interface Extension {

    /// Takes the place of the local file store when `storage.backend` names the plug-in.
    non-sealed interface FileStoreFactory extends Extension {
        FileStore open(Settings settings);
    }

    non-sealed interface ImageTransformerFactory extends Extension {
        ImageTransformer open(Settings settings);
    }

    /// Lets people sign in with their accounts elsewhere. Each provider has a name of its own.
    non-sealed interface IdentityProvidersFactory extends Extension {
        List<IdentityProvider> open(Settings settings);
    }

    /// Gets every count and duration of the server.
    non-sealed interface MetersFactory extends Extension {
        Meters open(Settings settings);
    }

    non-sealed interface RecordHookFactory extends Extension {
        RecordHook open(Settings settings);
    }

    non-sealed interface EndpointFactory extends Extension {
        Endpoint open(Settings settings);
    }

    non-sealed interface JobFactory extends Extension {
        Job open(Settings settings);
    }

    /// Work done again and again while the server runs.
    interface Job {
        Duration every();

        void run() throws Exception;
    }
}
