package example.greeting;

import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.plugin.Settings;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.util.List;

/// Trims the title of each new post, refuses shouted ones, and greets at `GET /api/greeting/{name}`.
public final class GreetingPlugin implements Plugin {
    @Override
    public String name() {
        return "greeting";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new Titles(), new Greetings());
    }

    private static final class Titles implements Extension.RecordHookFactory {
        @Override
        public RecordHook open(Settings settings) {
            return new RecordHook() {
                @Override
                public StoredRecord beforeCreate(StoredRecord record) {
                    if (!record.collection().name().equals("posts")) return record;
                    String title = record.text("title").strip();
                    if (title.endsWith("!!!")) {
                        throw Refusal.invalid(
                                "invalid_input",
                                "Failed to create record.",
                                FieldProblem.at("title", "greeting_shouted", "Please don't shout."));
                    }
                    return record.with("title", Value.text(title));
                }
            };
        }
    }

    private static final class Greetings implements Extension.EndpointFactory {
        @Override
        public Endpoint open(Settings settings) {
            String greeting = settings.text("greeting").orElse("Hello");
            return new Endpoint() {
                @Override
                public String method() {
                    return "GET";
                }

                @Override
                public String path() {
                    return "/api/greeting/{name}";
                }

                @Override
                public Access access() {
                    return Access.EVERYONE;
                }

                @Override
                public Answer answer(Call call) {
                    return new Answer(200, "text/plain", greeting + ", " + call.pathParts().get("name"));
                }
            };
        }
    }
}
