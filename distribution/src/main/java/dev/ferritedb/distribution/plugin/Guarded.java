package dev.ferritedb.distribution.plugin;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.metering.Meters;
import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What a plug-in added, called from within its class loader; what it throws carries its name.
final class Guarded {
    private static final System.Logger LOG = System.getLogger(Guarded.class.getName());

    private Guarded() {}

    static RecordHook hook(LoadedPlugin plugin, RecordHook hook) {
        return new RecordHook() {
            @Override
            public StoredRecord beforeCreate(StoredRecord record) {
                return named(plugin, "before a create", () -> hook.beforeCreate(record));
            }

            @Override
            public StoredRecord beforeUpdate(StoredRecord before, StoredRecord after) {
                return named(plugin, "before an update", () -> hook.beforeUpdate(before, after));
            }

            @Override
            public void beforeDelete(StoredRecord record) {
                named(plugin, "before a delete", () -> {
                    hook.beforeDelete(record);
                    return record;
                });
            }

            @Override
            public void after(RecordChange change) {
                logged(plugin, "after a change", () -> hook.after(change));
            }
        };
    }

    static Endpoint endpoint(LoadedPlugin plugin, Endpoint endpoint) {
        return new Endpoint() {
            @Override
            public String method() {
                return endpoint.method();
            }

            @Override
            public String path() {
                return endpoint.path();
            }

            @Override
            public Access access() {
                return endpoint.access();
            }

            @Override
            public Answer answer(Call call) {
                return named(plugin, "at " + method() + " " + path(), () -> endpoint.answer(call));
            }
        };
    }

    static Extension.Job job(LoadedPlugin plugin, Extension.Job job) {
        return new Extension.Job() {
            @Override
            public Duration every() {
                return job.every();
            }

            @Override
            public void run() {
                logged(plugin, "in its job", job::run);
            }
        };
    }

    static IdentityProvider identityProvider(LoadedPlugin plugin, IdentityProvider provider) {
        return new IdentityProvider() {
            @Override
            public String name() {
                return provider.name();
            }

            @Override
            public String displayName() {
                return provider.displayName();
            }

            @Override
            public String logo() {
                return provider.logo();
            }

            @Override
            public boolean pkce() {
                return provider.pkce();
            }

            @Override
            public List<FieldProblem> problems(ProviderOptions options) {
                return named(plugin, "at the options of " + name(), () -> provider.problems(options));
            }

            @Override
            public String authorizationUrl(ProviderOptions options, AuthorizationRequest request) {
                return named(plugin, "at the URL of " + name(), () -> provider.authorizationUrl(options, request));
            }

            @Override
            public Identification identify(ProviderOptions options, AuthorizationCode code) {
                return named(plugin, "asking " + name(), () -> provider.identify(options, code));
            }

            @Override
            public Optional<String> clientSecret(ClientKey key) {
                return named(plugin, "making a client secret", () -> provider.clientSecret(key));
            }
        };
    }

    static Meters meters(LoadedPlugin plugin, Meters meters) {
        return new Meters() {
            @Override
            public void count(String name, long amount, String... labels) {
                logged(plugin, "at a count", () -> meters.count(name, amount, labels));
            }

            @Override
            public void time(String name, Duration duration, String... labels) {
                logged(plugin, "at a duration", () -> meters.time(name, duration, labels));
            }
        };
    }

    static Meters all(List<Meters> all) {
        return new Meters() {
            @Override
            public void count(String name, long amount, String... labels) {
                for (Meters meters : all) meters.count(name, amount, labels);
            }

            @Override
            public void time(String name, Duration duration, String... labels) {
                for (Meters meters : all) meters.time(name, duration, labels);
            }
        };
    }

    private interface Work {
        void run() throws Exception;
    }

    private static <T> T named(LoadedPlugin plugin, String when, Callable<T> work) {
        try {
            return plugin.inside(work);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (Exception | LinkageError broken) {
            throw new IllegalStateException("plug-in '" + plugin.name() + "' failed " + when, broken);
        }
    }

    private static void logged(LoadedPlugin plugin, String when, Work work) {
        try {
            plugin.inside(() -> {
                work.run();
                return plugin;
            });
        } catch (Exception | LinkageError broken) {
            LOG.log(System.Logger.Level.ERROR, "plug-in '" + plugin.name() + "' failed " + when, broken);
        }
    }
}
