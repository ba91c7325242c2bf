package dev.ferritedb.metrics;

import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.plugin.Endpoint.Access;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import dev.ferritedb.ports.plugin.Settings;
import dev.ferritedb.ports.plugin.Settings.InvalidSetting;
import java.util.List;

/// Counts and durations of the server as Prometheus reads them, at `/metrics` and `/api/metrics`.
///
/// Settings, in `[plugins.metrics]`: `access`, `everyone` (the default, as a scraper has no account) or `superuser`.
public final class MetricsPlugin implements Plugin {
    private final PrometheusMeters meters = new PrometheusMeters();

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(
                (Extension.MetersFactory) _ -> meters,
                (Extension.EndpointFactory) settings -> new Page("/metrics", access(settings)),
                (Extension.EndpointFactory) settings -> new Page("/api/metrics", access(settings)));
    }

    private static Access access(Settings settings) {
        String access = settings.text("access").orElse("everyone");
        return switch (access) {
            case "everyone" -> Access.EVERYONE;
            case "superuser" -> Access.SUPERUSER;
            default -> throw new InvalidSetting("plugins.metrics.access must be everyone or superuser");
        };
    }

    private final class Page implements Endpoint {
        private final String path;
        private final Access access;

        Page(String path, Access access) {
            this.path = path;
            this.access = access;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Access access() {
            return access;
        }

        @Override
        public Answer answer(Call call) {
            return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", meters.text() + ProcessFigures.text());
        }
    }
}
