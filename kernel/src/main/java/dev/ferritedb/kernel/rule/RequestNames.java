package dev.ferritedb.kernel.rule;

import dev.ferritedb.kernel.rule.NameResolver.Named;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Comparison;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Operand.RequestValue;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What names under `@request.` mean. A path that comes through several records, of the caller's account or of what
/// was sent, is walked by the store from the ids that the request has; any other is a value that the request knows.
final class RequestNames {
    private static final List<String> PARTS = List.of("auth", "body", "query", "headers", "method", "context");

    private final CollectionSchema collection;
    private final CollectionCatalog catalog;
    private final PathWalk walk;

    RequestNames(CollectionSchema collection, CollectionCatalog catalog, PathWalk walk) {
        this.collection = collection;
        this.catalog = catalog;
        this.walk = walk;
    }

    /// @param path what follows `@request`
    List<Named> resolve(WrittenName name, List<String> path) {
        if (path.isEmpty()) throw name.wrong("names no value: expected a part such as @request.auth.id");
        boolean single = switch (path.getFirst()) {
            case "method", "context" -> true;
            case "auth", "body", "query", "headers" -> false;
            default -> throw name.unknown(Names.suggestion("@request.", path.getFirst(), PARTS));
        };
        if (single != (path.size() == 1)) {
            throw name.wrong(single ? "has no parts" : "names no value: expected a name after it");
        }
        List<Named> walked = walked(name, path);
        if (!walked.isEmpty()) return walked;
        switch (name.modifier()) {
            case NONE, ISSET, LOWER -> {}
            case CHANGED -> bodyField(name, path);
            case LENGTH, EACH -> {
                switch (bodyField(name, path).type()) {
                    case FieldType.Select _, FieldType.Relation _, FieldType.File _ -> {}
                    case FieldType other -> throw name.wrong("has no items: the field is " + other.wireName());
                }
            }
        }
        return List.of(new Named(new RequestValue(path, name.modifier())));
    }

    private Field bodyField(WrittenName name, List<String> path) {
        if (path.size() != 2 || !path.getFirst().equals("body")) {
            throw name.wrong("needs a field of @request.body before the modifier");
        }
        List<String> known = collection.fields().stream().map(Field::name).toList();
        return collection
                .field(path.get(1))
                .orElseThrow(() -> name.unknown(Names.suggestion("@request.body.", path.get(1), known)));
    }

    /// @return empty when no several records lie on the way
    private List<Named> walked(WrittenName name, List<String> path) {
        if (path.size() < 3 || name.modifier() == Modifier.ISSET || name.modifier() == Modifier.CHANGED) {
            return List.of();
        }
        return switch (path.getFirst()) {
            case "body" ->
                step(name, collection, path).map(step -> List.of(step.named())).orElse(List.of());
            case "auth" -> ofCaller(name, path);
            default -> List.of();
        };
    }

    /// Collections of accounts may give one path different ways. Where they differ, each comes with the guard that
    /// the caller is of that collection.
    private List<Named> ofCaller(WrittenName name, List<String> path) {
        var variants = new ArrayList<Variant>();
        boolean alike = true;
        for (CollectionSchema accounts : catalog.collections()) {
            if (accounts.auth().isEmpty()) continue;
            Optional<Step> step = step(name, accounts, path);
            if (step.isEmpty()) continue;
            alike &= variants.isEmpty() || variants.getFirst().step.same(step.get());
            variants.add(new Variant(accounts, step.get()));
        }
        if (variants.isEmpty()) return List.of();
        if (alike) return List.of(variants.getFirst().step.named());
        var named = new ArrayList<Named>();
        var none = new ArrayList<Condition>();
        for (Variant variant : variants) {
            Named walked = variant.step.named();
            Condition guard = Condition.both(isOf(variant.accounts, Operator.EQUAL), walked.guard());
            named.add(new Named(walked.operand(), guard));
            none.add(isOf(variant.accounts, Operator.NOT_EQUAL));
        }
        named.add(new Named(new RequestValue(path, name.modifier()), Condition.all(none)));
        return named;
    }

    private record Variant(CollectionSchema accounts, Step step) {}

    private static Condition isOf(CollectionSchema accounts, Operator operator) {
        var collectionId = new RequestValue(List.of("auth", "collectionId"), Modifier.NONE);
        return new Comparison(collectionId, operator, new Literal(Value.text(accounts.id())));
    }

    /// From the request to several records, and what is left of the path.
    private final class Step {
        private final WrittenName name;
        private final Hop hop;
        private final List<String> rest;

        Step(WrittenName name, Hop hop, List<String> rest) {
            this.name = name;
            this.hop = hop;
            this.rest = rest;
        }

        boolean same(Step other) {
            return hop.name().equals(other.hop.name())
                    && hop.target().id().equals(other.hop.target().id());
        }

        /// What is unknown under `@request` is nothing.
        Named named() {
            return walk.memberOrNothing(name, List.of(hop), hop.target(), rest);
        }
    }

    private Optional<Step> step(WrittenName name, CollectionSchema holder, List<String> path) {
        CollectionSchema at = holder;
        for (int i = 1; i < path.size() - 1; i++) {
            String part = path.get(i);
            List<String> rest = path.subList(i + 1, path.size());
            List<String> before = path.subList(0, i);
            Optional<Field> field = at.field(part);
            if (field.isEmpty()) {
                List<String> id = i == 1 ? List.of(path.getFirst(), "id") : before;
                return walk.back(at, part).map(back -> new Step(name, backTo(back, id), rest));
            }
            if (!(field.get().type() instanceof FieldType.Relation relation)) return Optional.empty();
            if (relation.multiple()) {
                var ids = new RequestValue(path.subList(0, i + 1), Modifier.EACH);
                return Optional.of(new Step(name, new Hop.Sent(ids, walk.target(name, relation)), rest));
            }
            at = walk.target(name, relation);
        }
        return Optional.empty();
    }

    private static Hop backTo(Hop.Back back, List<String> id) {
        return new Hop.BackToSent(new RequestValue(id, Modifier.NONE), back.target(), back.relation());
    }
}
