package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.IndexDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says what is wrong with a collection's indexes before the store is asked to make them.
final class IndexValidator {
    private final CollectionCatalog catalog;
    private final CollectionSchema collection;
    private final List<FieldProblem> problems = new ArrayList<>();

    IndexValidator(CollectionCatalog catalog, CollectionSchema collection) {
        this.catalog = catalog;
        this.collection = collection;
    }

    List<FieldProblem> problems() {
        if (collection.isView()) return List.of();
        Set<String> namesElsewhere = namesElsewhere();
        Set<String> names = new HashSet<>();
        Set<IndexDefinition> definitions = new HashSet<>();
        for (int i = 0; i < collection.indexes().size(); i++) {
            Optional<IndexDefinition> parsed =
                    IndexDefinition.parse(collection.indexes().get(i));
            if (parsed.isEmpty()) {
                add(i, "validation_invalid_index_expression", "Must be one CREATE INDEX statement on this collection.");
                continue;
            }
            IndexDefinition index = parsed.get();
            String name = index.name().toLowerCase(Locale.ROOT);
            Optional<String> unknown = unknownField(index);
            if (unknown.isPresent()) {
                add(i, "validation_invalid_index_expression", "There is no field " + unknown.get() + ".");
            } else if (name.startsWith("sqlite_")) {
                add(i, "validation_invalid_index_expression", "An index name must not start with sqlite_.");
            } else if (!names.add(name)) {
                add(i, "validation_duplicated_index_name", "Another index of this collection has this name.");
            } else if (namesElsewhere.contains(name)) {
                add(i, "validation_existing_index_name", "An index of another collection has this name.");
            } else if (!definitions.add(index.named(""))) {
                add(i, "validation_duplicated_index_definition", "Another index is made of the same columns.");
            }
        }
        return List.copyOf(problems);
    }

    private Optional<String> unknownField(IndexDefinition index) {
        return index.fields().stream()
                .filter(field -> collection.fields().stream()
                        .noneMatch(known -> known.name().equalsIgnoreCase(field)))
                .findFirst();
    }

    private Set<String> namesElsewhere() {
        Set<String> names = new HashSet<>();
        for (CollectionSchema other : catalog.collections()) {
            names.add(other.name().toLowerCase(Locale.ROOT));
            if (other.id().equals(collection.id())) continue;
            for (String statement : other.indexes()) {
                IndexDefinition.parse(statement)
                        .ifPresent(index -> names.add(index.name().toLowerCase(Locale.ROOT)));
            }
        }
        return names;
    }

    private void add(int position, String code, String message) {
        problems.add(new FieldProblem(List.of("indexes", Integer.toString(position)), code, message, Map.of()));
    }
}
