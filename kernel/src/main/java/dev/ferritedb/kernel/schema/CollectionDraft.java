package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A collection as a client describes it: readable, not yet complete, not yet judged.
///
/// @param problems what in the document's form could not be read
record CollectionDraft(CollectionSchema collection, List<FieldProblem> problems) {
    private static final Set<String> SERVER_OWNED = Set.of("created", "updated", "system");

    CollectionDraft {
        problems = List.copyOf(problems);
    }

    /// `document` laid over the scaffold of its type.
    static CollectionDraft created(Value.Members document, int passwordMinLength) {
        String type = document.get("type") instanceof Value.Text text ? text.text() : "base";
        CollectionSchema scaffold = switch (type) {
            case "auth" -> Scaffolds.auth(passwordMinLength);
            case "view" -> Scaffolds.view();
            default -> Scaffolds.base();
        };
        return laidOver(scaffold, document);
    }

    /// `patch` laid over `before`; what it does not name stays.
    static CollectionDraft changed(CollectionSchema before, Value.Members patch) {
        return laidOver(before, without(patch, Set.of("id")));
    }

    /// As [#changed], but fields that `patch` does not list stay too.
    static CollectionDraft changedKeepingFields(CollectionSchema before, Value.Members patch) {
        CollectionDraft draft = changed(before, patch);
        var listed = new ArrayList<>(draft.collection.fields());
        var fields = new ArrayList<Field>();
        for (Field old : before.fields()) {
            Optional<Field> now =
                    listed.stream().filter(field -> isSame(field, old)).findFirst();
            fields.add(now.orElse(old));
            now.ifPresent(listed::remove);
        }
        fields.addAll(listed);
        return new CollectionDraft(draft.collection.withFields(fields), draft.problems);
    }

    private static boolean isSame(Field field, Field old) {
        return field.id().isEmpty()
                ? field.name().equals(old.name())
                : field.id().equals(old.id());
    }

    private static CollectionDraft laidOver(CollectionSchema base, Value.Members document) {
        Value.Members merged =
                DocumentMerge.over(CollectionDocuments.write(base, Secrets.SHOWN), without(document, SERVER_OWNED));
        CollectionDocuments.Reading reading = CollectionDocuments.read(merged);
        return new CollectionDraft(reading.collection(), reading.problems());
    }

    private static Value.Members without(Value.Members document, Set<String> names) {
        var rest = new LinkedHashMap<>(document.members());
        rest.keySet().removeAll(names);
        return new Value.Members(rest);
    }
}
