package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Comparing;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.FieldPath;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What rules and filters may know of one request. What the request does not have is nothing, never an error. For
/// one request, on one thread. Source: the wire contract, sections 15.2 and 15.3.
public final class RequestGivens implements Givens {
    private final OffsetDateTime now;
    private final Scalars scalars;
    private final String method;
    private final String context;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final Optional<StoredRecord> caller;
    private final Optional<Submission> submission;
    private final Optional<Related> related;

    private record Submission(CollectionSchema collection, Value.Members body, Optional<StoredRecord> stored) {}

    private record Related(CollectionCatalog catalog, RecordFinder finder) {}

    private RequestGivens(Builder builder) {
        this.now = builder.moment.atOffset(ZoneOffset.UTC);
        this.scalars = new Scalars(builder.documents);
        this.method = builder.method;
        this.context = builder.context;
        this.query = builder.query;
        this.headers = builder.headers;
        this.caller = builder.caller;
        this.submission = builder.submission;
        this.related = builder.related;
    }

    /// @param moment what `@now` is, the same for the whole request
    public static Builder at(Instant moment, JsonDocuments documents) {
        return new Builder(moment, documents);
    }

    public static final class Builder {
        private final Instant moment;
        private final JsonDocuments documents;
        private String method = "";
        private String context = "default";
        private Map<String, String> query = Map.of();
        private Map<String, String> headers = Map.of();
        private Optional<StoredRecord> caller = Optional.empty();
        private Optional<Submission> submission = Optional.empty();
        private Optional<Related> related = Optional.empty();

        private Builder(Instant moment, JsonDocuments documents) {
            this.moment = moment;
            this.documents = documents;
        }

        /// @param query the first value of each parameter
        /// @param headers the first value of each header; names in lower-case snake case
        public Builder request(String method, String context, Map<String, String> query, Map<String, String> headers) {
            this.method = method;
            this.context = context;
            this.query = query;
            this.headers = headers;
            return this;
        }

        /// Without this the caller is a guest.
        public Builder caller(StoredRecord account) {
            this.caller = Optional.of(account);
            return this;
        }

        /// A new record's values, after the modifiers of its body.
        public Builder creating(CollectionSchema collection, Value.Members body) {
            this.submission = Optional.of(new Submission(collection, body, Optional.empty()));
            return this;
        }

        /// Changes of `stored`, after the modifiers of the body.
        public Builder updating(StoredRecord stored, Value.Members body) {
            this.submission = Optional.of(new Submission(stored.collection(), body, Optional.of(stored)));
            return this;
        }

        /// Lets paths such as `@request.auth.company.name` follow single relations; without this they are nothing.
        public Builder related(CollectionCatalog catalog, RecordFinder finder) {
            this.related = Optional.of(new Related(catalog, finder));
            return this;
        }

        public RequestGivens build() {
            return new RequestGivens(this);
        }
    }

    @Override
    public Value valueOf(Operand.Given given) {
        return switch (given) {
            case Operand.Moment(var macro) -> DateMacros.at(now, macro);
            case Operand.RequestValue(List<String> path, Modifier modifier) -> requestValue(path, modifier);
            case Operand.Computed(Operand.Function function, List<Operand> arguments) -> {
                var operands = new OperandValues(scalars, new Functions(scalars), this, RecordLookup.NONE);
                yield Scalars.asValue(operands.called(function, arguments, new Standing.Base(Optional.empty())));
            }
        };
    }

    private Value requestValue(List<String> path, Modifier modifier) {
        return switch (modifier) {
            case NONE -> plain(path);
            case LOWER -> Scalars.asValue(Scalars.lower(Scalar.of(plain(path))));
            case ISSET -> Value.truth(isSet(path));
            case CHANGED -> Value.truth(changed(path.getLast()));
            case LENGTH -> Scalars.asValue(Scalars.length(submitted(path.getLast())));
            case EACH -> scalars.listText(listed(path));
        };
    }

    private Value plain(List<String> path) {
        return Scalars.asValue(scalars.of(found(path)));
    }

    private Value found(List<String> path) {
        List<String> rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case "method" -> Value.text(method);
            case "context" -> Value.text(context);
            case "query" -> first(query, rest);
            case "headers" -> first(headers, rest);
            case "auth" -> ofCaller(rest);
            case "body" -> ofBody(rest);
            default -> Value.NOTHING;
        };
    }

    /// A single value sent for a field of several is a list of one.
    private Value listed(List<String> path) {
        Value value = found(path);
        boolean several = path.size() == 2
                && path.getFirst().equals("body")
                && submission
                        .flatMap(sent -> sent.collection.field(path.get(1)))
                        .map(field -> field.type().multiple())
                        .orElse(false);
        boolean single = several && value instanceof Value.Text(String text) && !text.isEmpty();
        return single ? new Value.Items(List.of(value)) : value;
    }

    private static Value first(Map<String, String> values, List<String> path) {
        String value = path.size() == 1 ? values.get(path.getFirst()) : null;
        return value == null ? Value.NOTHING : Value.text(value);
    }

    private Value ofCaller(List<String> path) {
        return caller.map(account -> ofRecord(account, path, 0)).orElse(Value.NOTHING);
    }

    private Value ofRecord(StoredRecord record, List<String> path, int hops) {
        String name = path.getFirst();
        Optional<Field> field = record.collection().field(name);
        if (field.isEmpty()) return path.size() == 1 ? ofCollection(record.collection(), name) : Value.NOTHING;
        return along(field.get(), record.value(name), path.subList(1, path.size()), hops);
    }

    private static Value ofCollection(CollectionSchema collection, String name) {
        return switch (name) {
            case "collectionId" -> Value.text(collection.id());
            case "collectionName" -> Value.text(collection.name());
            default -> Value.NOTHING;
        };
    }

    private Value along(Field field, Value value, List<String> rest, int hops) {
        if (rest.isEmpty()) return value;
        if (!(field.type() instanceof FieldType.Relation relation) || relation.multiple())
            return scalars.inside(value, rest);
        if (rest.equals(List.of("id"))) return value;
        if (hops == PathWalk.HOPS_MAX || !(value instanceof Value.Text(String id))) return Value.NOTHING;
        return related.flatMap(known ->
                        known.catalog.byId(relation.collectionId()).flatMap(target -> known.finder.find(target, id)))
                .map(record -> ofRecord(record, rest, hops + 1))
                .orElse(Value.NOTHING);
    }

    private Value ofBody(List<String> path) {
        String name = path.getFirst();
        Value value = submitted(name);
        Optional<Field> field = submission.flatMap(sent -> sent.collection.field(name));
        if (field.isPresent()) return along(field.get(), asOf(field.get(), value), path.subList(1, path.size()), 0);
        return scalars.inside(value, path.subList(1, path.size()));
    }

    private Value submitted(String name) {
        return submission.map(sent -> sent.body.get(name)).orElse(Value.NOTHING);
    }

    /// A number field takes the number that a text spells.
    private static Value asOf(Field field, Value value) {
        boolean spelt = field.type() instanceof FieldType.Number && value instanceof Value.Text;
        return spelt ? Scalars.asValue(Scalar.of(value).asNumber()) : value;
    }

    private boolean isSet(List<String> path) {
        String name = path.size() > 1 ? path.get(1) : "";
        return switch (path.getFirst()) {
            case "query" -> path.size() == 2 && query.containsKey(name);
            case "headers" -> path.size() == 2 && headers.containsKey(name);
            case "body" ->
                submission.isPresent()
                        && submission.get().body.members().containsKey(name)
                        && (path.size() == 2 || found(path) != Value.NOTHING);
            case "auth" -> found(path) != Value.NOTHING;
            default -> true;
        };
    }

    /// Submitted, and not what is stored. In doubt it counts as changed: rules guard fields by it.
    private boolean changed(String name) {
        if (submission.isEmpty() || !submission.get().body.members().containsKey(name)) return false;
        Optional<Field> found = submission.get().collection.field(name);
        if (found.isEmpty()) return true;
        Field field = found.get();
        Value sent = asOf(field, submitted(name));
        Value stored = submission.get().stored.map(record -> record.value(name)).orElse(Value.NOTHING);
        boolean truthElsewhere = sent instanceof Value.Truth && !(field.type() instanceof FieldType.Bool);
        return truthElsewhere
                || Comparing.holds(
                        new Operand.RequestValue(List.of("body", name), Modifier.NONE),
                        scalars.of(sent),
                        Operator.NOT_EQUAL,
                        new Operand.Member(FieldPath.own(field), Modifier.NONE),
                        scalars.of(stored));
    }
}
