package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.rule.Audience;
import dev.ferritedb.kernel.rule.CompiledSort;
import dev.ferritedb.kernel.rule.InvalidExpression;
import dev.ferritedb.kernel.rule.RecordLookup;
import dev.ferritedb.kernel.rule.RequestGivens;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.rule.RuleEvaluator;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.SortKey;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Lists collections as if they were records of one, so that filters and sorts mean the same there.
final class CollectionListing {
    private static final CollectionSchema COLLECTIONS = new CollectionSchema(
            "collections",
            "collections",
            new CollectionKind.Base(),
            true,
            List.of(
                    text("id"),
                    text("name"),
                    text("type"),
                    Field.of("system", new FieldType.Bool()),
                    text("created"),
                    text("updated")),
            List.of(),
            AccessRules.CLOSED,
            "",
            "");
    private static final CollectionCatalog ALONE = new CollectionCatalog(0, List.of(COLLECTIONS));

    private final RuleBooks rules;
    private final RuleEvaluator evaluator;
    private final JsonDocuments json;
    private final InstantSource clock;
    private final RandomGenerator random;

    CollectionListing(RuleBooks rules, JsonDocuments json, InstantSource clock, RandomGenerator random) {
        this.rules = rules;
        this.evaluator = new RuleEvaluator(json);
        this.json = json;
        this.clock = clock;
        this.random = random;
    }

    private record Listed(CollectionSchema collection, StoredRecord row) {}

    ListQuery.Page list(CollectionCatalog catalog, ListQuery query, Consumer<CollectionSchema> sink) {
        Condition where = filter(query.filter());
        CompiledSort order = order(query.sort());
        Givens givens = RequestGivens.at(clock.instant(), json).build();
        var found = new ArrayList<Listed>();
        for (CollectionSchema collection : catalog.collections()) {
            StoredRecord row = row(collection);
            if (evaluator.matches(where, row, givens, RecordLookup.NONE)) found.add(new Listed(collection, row));
        }
        List<SortKey> keys = order.keys();
        for (int i = keys.size() - 1; i >= 0; i--) sort(found, keys.get(i));
        found.stream().skip(query.offset()).limit(query.perPage()).forEach(listed -> sink.accept(listed.collection));
        return query.answered(query.skipTotal() ? -1 : found.size());
    }

    private Condition filter(String text) {
        try {
            return rules.filter(COLLECTIONS, ALONE, text, Audience.TRUSTED);
        } catch (InvalidExpression invalid) {
            throw new Refusal(invalid.asFilterProblem());
        }
    }

    private CompiledSort order(String text) {
        try {
            return rules.sort(COLLECTIONS, ALONE, text, Audience.TRUSTED);
        } catch (InvalidExpression invalid) {
            throw new Refusal(Problem.Invalid.of("invalid_sort", invalid.getMessage()));
        }
    }

    private static StoredRecord row(CollectionSchema collection) {
        return new StoredRecord(COLLECTIONS, new Value[] {
            Value.text(collection.id()),
            Value.text(collection.name()),
            Value.text(collection.kind().wireName()),
            Value.truth(collection.system()),
            Value.text(collection.created()),
            Value.text(collection.updated())
        });
    }

    private void sort(List<Listed> found, SortKey key) {
        switch (key) {
            case SortKey.Random _ -> Collections.shuffle(found, Random.from(random));
            case SortKey.InsertionOrder insertion -> {
                if (insertion.descending()) Collections.reverse(found);
            }
            case SortKey.By by -> {
                String field = by.path().field().name();
                boolean lower = by.modifier() == Operand.Modifier.LOWER;
                Comparator<Listed> order = Comparator.comparing(listed -> {
                    String value = comparable(listed.row.value(field));
                    return lower ? value.toLowerCase(Locale.ROOT) : value;
                });
                found.sort(by.descending() ? order.reversed() : order);
            }
        }
    }

    private static String comparable(Value value) {
        if (value instanceof Value.Truth truth) return truth.truth() ? "1" : "0";
        return value instanceof Value.Text text ? text.text() : "";
    }

    private static Field text(String name) {
        return Field.of(name, FieldType.Text.PLAIN);
    }
}
