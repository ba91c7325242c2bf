package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Collections as documents: the form of the wire contract, section 6.1, which is also the form they are stored in.
public final class CollectionDocuments {
    private CollectionDocuments() {}

    /// Whether secrets (token secrets, OAuth2 client secrets) are part of the document.
    public enum Secrets {
        SHOWN,
        LEFT_OUT
    }

    /// Keys in the order of the wire contract; a field's keys in alphabetical order.
    public static Value.Members write(CollectionSchema collection, Secrets secrets) {
        var document = new LinkedHashMap<String, Value>();
        document.put("id", Value.text(collection.id()));
        AccessRules rules = collection.rules();
        document.put("listRule", rule(rules.list()));
        document.put("viewRule", rule(rules.view()));
        document.put("createRule", rule(rules.create()));
        document.put("updateRule", rule(rules.update()));
        document.put("deleteRule", rule(rules.delete()));
        document.put("name", Value.text(collection.name()));
        document.put("type", Value.text(collection.kind().wireName()));
        document.put(
                "fields",
                new Value.Items(collection.fields().stream()
                        .<Value>map(FieldDocuments::write)
                        .toList()));
        document.put("indexes", texts(collection.indexes()));
        document.put("created", Value.text(collection.created()));
        document.put("updated", Value.text(collection.updated()));
        document.put("system", Value.truth(collection.system()));
        switch (collection.kind()) {
            case CollectionKind.Base _ -> {}
            case CollectionKind.View view -> document.put("viewQuery", Value.text(view.query()));
            case CollectionKind.Auth auth -> AuthDocuments.write(auth.options(), secrets, document);
        }
        return new Value.Members(document);
    }

    /// What a document says, and what is wrong with its form: a part that can't be read is left at its default and
    /// named in `problems`. Whether the collection makes sense is for the schema service to say.
    public record Reading(CollectionSchema collection, List<FieldProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    public static Reading read(Value.Members document) {
        var problems = new ArrayList<FieldProblem>();
        var reader = new DocumentReader(document, List.of(), problems);
        String type = reader.text("type", "base");
        CollectionKind kind = switch (type) {
            case "base" -> new CollectionKind.Base();
            case "auth" -> new CollectionKind.Auth(AuthDocuments.read(reader));
            case "view" -> new CollectionKind.View(reader.text("viewQuery", ""));
            default -> {
                reader.problem("type", "validation_in_invalid", "Must be base, auth or view.");
                yield new CollectionKind.Base();
            }
        };
        var rules = new AccessRules(
                reader.rule("listRule", AccessRule.LOCKED),
                reader.rule("viewRule", AccessRule.LOCKED),
                reader.rule("createRule", AccessRule.LOCKED),
                reader.rule("updateRule", AccessRule.LOCKED),
                reader.rule("deleteRule", AccessRule.LOCKED));
        var fields = new ArrayList<Field>();
        for (DocumentReader field : reader.objects("fields")) fields.add(FieldDocuments.read(field));
        var collection = new CollectionSchema(
                reader.text("id", ""),
                reader.text("name", ""),
                kind,
                reader.truth("system", false),
                fields,
                reader.texts("indexes"),
                rules,
                reader.text("created", ""),
                reader.text("updated", ""));
        return new Reading(collection, problems);
    }

    static Value rule(AccessRule rule) {
        return rule.text().<Value>map(Value.Text::new).orElse(Value.NOTHING);
    }

    static Value texts(List<String> texts) {
        return new Value.Items(texts.stream().<Value>map(Value.Text::new).toList());
    }
}
