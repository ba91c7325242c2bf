package dev.ferritedb.kernel.realtime;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a client asks for. Source: the wire contract, section 12.2.
record Subscription(String clientId, Set<String> topics) {
    static final int CLIENT_ID_MAX = 255;
    static final int TOPICS_MAX = 1_000;
    static final int TOPIC_MAX = 2_500;

    /// Refuses with `Invalid` (`invalid_input`).
    static Subscription read(Value.Members body, CollectionCatalog catalog) {
        var problems = new ArrayList<FieldProblem>();
        String clientId = clientId(body, problems);
        List<Value> topics = topics(body, problems);
        var read = new LinkedHashSet<String>();
        for (int i = 0; i < topics.size(); i++) {
            read.add(topic(topics.get(i), Integer.toString(i), catalog, problems));
        }
        if (!problems.isEmpty()) {
            throw new Refusal(new Problem.Invalid(
                    "invalid_input", "An error occurred while validating the submitted data.", problems));
        }
        return new Subscription(clientId, Set.copyOf(read));
    }

    private static String clientId(Value.Members body, List<FieldProblem> problems) {
        String clientId = body.get("clientId") instanceof Value.Text text ? text.text() : "";
        if (clientId.isEmpty()) problems.add(FieldProblem.required("clientId"));
        if (isLonger(clientId, CLIENT_ID_MAX)) problems.add(tooLong(List.of("clientId"), CLIENT_ID_MAX));
        return clientId;
    }

    private static List<Value> topics(Value.Members body, List<FieldProblem> problems) {
        List<Value> topics = switch (body.get("subscriptions")) {
            case Value.Items items -> items.items();
            case Value.Text one when !one.text().isEmpty() -> List.of(one);
            case Value.Text _, Value.Nothing _ -> List.of();
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Members _, Value.Json _ -> {
                problems.add(FieldProblem.at("subscriptions", "validation_invalid_value", "Invalid value."));
                yield List.of();
            }
        };
        if (topics.size() <= TOPICS_MAX) return topics;
        problems.add(tooLong(List.of("subscriptions"), TOPICS_MAX));
        return List.of();
    }

    private static String topic(Value value, String place, CollectionCatalog catalog, List<FieldProblem> problems) {
        List<String> path = List.of("subscriptions", place);
        String topic = value instanceof Value.Text text ? text.text() : "";
        if (isLonger(topic, TOPIC_MAX)) {
            problems.add(tooLong(path, TOPIC_MAX));
        } else if (topic.isEmpty() || topic.chars().anyMatch(Subscription::breaksLines)) {
            problems.add(new FieldProblem(path, "validation_invalid_value", "Invalid value.", Map.of()));
        } else if (isOfRecords(topic, catalog)) {
            problems.add(new FieldProblem(
                    path,
                    "validation_unsupported_topic",
                    "Changes of records are not sent yet, so '" + Problem.abbreviated(topic)
                            + "' can't be subscribed to.",
                    Map.of()));
        }
        return topic;
    }

    private static boolean breaksLines(int character) {
        return character == '\r' || character == '\n' || character == 0;
    }

    /// `posts`, `posts/*` and `posts/ID`, whatever options follow.
    private static boolean isOfRecords(String topic, CollectionCatalog catalog) {
        String withoutOptions = topic.split("\\?", 2)[0];
        return catalog.find(withoutOptions.split("/", 2)[0]).isPresent();
    }

    private static boolean isLonger(String text, int max) {
        return text.length() > max && text.codePointCount(0, text.length()) > max;
    }

    private static FieldProblem tooLong(List<String> path, int max) {
        return new FieldProblem(
                path,
                "validation_length_too_long",
                "The length must be no more than " + max + ".",
                Map.of("min", 0, "max", max));
    }

    @Override
    public String toString() {
        return "Subscription[" + topics.size() + " topics]";
    }
}
