package example.peeking;

import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import java.util.List;

/// Tells which of the classes it is asked for it can see, and what its thread's context is.
public final class PeekingPlugin implements Plugin {
    @Override
    public String name() {
        return "peeking";
    }

    @Override
    public List<Extension> extensions() {
        return List.of((Extension.EndpointFactory) settings -> new Endpoint() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public String path() {
                return "/api/peek";
            }

            @Override
            public Access access() {
                return Access.SUPERUSER;
            }

            @Override
            public Answer answer(Call call) {
                var seen = call.query().get("class").stream().filter(PeekingPlugin::sees).toList();
                return new Answer(200, "text/plain", seen + " " + Thread.currentThread().getContextClassLoader().getName());
            }
        });
    }

    private static boolean sees(String name) {
        try {
            return name.contains("/")
                    ? PeekingPlugin.class.getClassLoader().getResource(name) != null
                    : Class.forName(name).getName().equals(name);
        } catch (ClassNotFoundException hidden) {
            return false;
        }
    }
}
