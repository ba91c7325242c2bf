package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.schema.AutogeneratePattern;
import dev.ferritedb.ports.identity.CommonPasswords;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Makes a record out of a body: defaults, modifiers, coercion, generated values, dates, then the judgement of each
/// field.
final class RecordDrafting {
    private static final Set<String> PASSWORD_KEYS = Set.of("password", "passwordConfirm", "oldPassword");
    private static final String GENERATED = ":autogenerate";
    private static final int GENERATORS_MAX = 1000;

    private final FieldCoercion coercion;
    private final BodyModifiers modifiers;
    private final FieldValidator validator = new FieldValidator();
    private final InstantSource clock;
    private final RandomGenerator random;
    private final CommonPasswords commonPasswords;
    private final Map<String, AutogeneratePattern> generators = new ConcurrentHashMap<>();

    RecordDrafting(JsonDocuments json, InstantSource clock, RandomGenerator random, CommonPasswords commonPasswords) {
        this.coercion = new FieldCoercion(json);
        this.modifiers = new BodyModifiers(coercion);
        this.clock = clock;
        this.random = random;
        this.commonPasswords = commonPasswords;
    }

    RecordDraft create(CollectionSchema collection, Value.Members body, Caller caller) {
        return new Draft(collection, Optional.empty(), caller).made(body);
    }

    RecordDraft update(StoredRecord before, Value.Members body, Caller caller) {
        return new Draft(before.collection(), Optional.of(before), caller).made(body);
    }

    /// @return the id that a body names, however it spells it
    Optional<String> chosenId(CollectionSchema collection, Value.Members body) {
        return collection
                .field("id")
                .map(field -> coercion.coerce(field, body.get("id"), _ -> {}))
                .filter(id -> id != Value.Text.EMPTY)
                .map(id -> ((Value.Text) id).text());
    }

    /// @return a fresh value of a text field that generates its own
    Value generated(FieldType.Text type) {
        if (generators.size() > GENERATORS_MAX) generators.clear();
        return Value.text(generators
                .computeIfAbsent(type.autogeneratePattern(), AutogeneratePattern::of)
                .generate(random));
    }

    /// @return `bytes` random bytes as lower-case hexadecimal digits
    String secret(int bytes) {
        var secret = new byte[bytes];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /// @return what is wrong with a password that everyone tries first
    Optional<FieldProblem> guessable(String at, Value password) {
        boolean common = password instanceof Value.Text text && commonPasswords.contains(text.text());
        return common
                ? Optional.of(FieldProblem.at(
                        at, "validation_common_password", "Too many people use this password: choose another."))
                : Optional.empty();
    }

    private final class Draft {
        private final CollectionSchema collection;
        private final Optional<StoredRecord> before;
        private final Caller caller;
        private final List<FieldProblem> problems = new ArrayList<>();
        private final Set<String> misread = new HashSet<>();
        private final Value[] values;

        Draft(CollectionSchema collection, Optional<StoredRecord> before, Caller caller) {
            this.collection = collection;
            this.before = before;
            this.caller = caller;
            this.values = new Value[collection.fields().size()];
        }

        RecordDraft made(Value.Members body) {
            Map<String, Value> submitted =
                    new LinkedHashMap<>(modifiers.resolved(collection, allowed(body), this::stored, this::misread));
            String now = DateText.of(clock.instant());
            var passwords = new LinkedHashMap<String, String>();
            boolean idChosen = false;
            for (int i = 0; i < values.length; i++) {
                Field field = collection.fields().get(i);
                Optional<Value> sent = Optional.ofNullable(submitted.get(field.name()))
                        .filter(_ -> isWritable(field))
                        .map(value -> coercion.coerce(field, value, this::misread));
                if (field.isPrimaryKey())
                    idChosen = sent.filter(id -> id != Value.Text.EMPTY).isPresent();
                if (field.type() instanceof FieldType.Password && !isEmptyText(sent)) {
                    passwords.put(field.name(), ((Value.Text) sent.get()).text());
                }
                Optional<String> prefix = generatedPrefix(submitted, field);
                values[i] = value(field, sent, prefix, now);
                if (prefix.isPresent() && submitted.remove(field.name() + GENERATED) != null)
                    submitted.put(field.name(), values[i]);
                if (mayHaveChanged(field, i)) judge(field, values[i]);
            }
            return new RecordDraft(
                    new StoredRecord(collection, withoutPlainPassword()),
                    new Value.Members(submitted),
                    passwords,
                    idChosen,
                    problems);
        }

        /// The operator brings records in with their times.
        private boolean isWritable(Field field) {
            return caller == Caller.OPERATOR || !(field.type() instanceof FieldType.Autodate);
        }

        private Value stored(Field field) {
            return before.map(record -> record.value(field.name())).orElseGet(field::initial);
        }

        private Value value(Field field, Optional<Value> sent, Optional<String> prefix, String now) {
            if (field.type() instanceof FieldType.Autodate autodate) {
                boolean due = before.isEmpty() ? autodate.onCreate() : autodate.onUpdate();
                return sent.filter(date -> date != Value.Text.EMPTY)
                        .orElseGet(() -> due ? Value.text(now) : stored(field));
            }
            if (field.type() instanceof FieldType.Text text
                    && !text.autogeneratePattern().isEmpty()) {
                boolean missing = before.isEmpty()
                        && sent.filter(value -> value != Value.Text.EMPTY).isEmpty();
                if (prefix.isPresent()) return Value.text(prefix.get() + ((Value.Text) generated(text)).text());
                if (missing) return generated(text);
            }
            if (field.type() instanceof FieldType.Password && before.isPresent() && isEmptyText(sent))
                return stored(field);
            return sent.orElseGet(() -> stored(field));
        }

        private static boolean isEmptyText(Optional<Value> sent) {
            return sent.isEmpty() || sent.get() == Value.Text.EMPTY;
        }

        /// Values stored before an option was tightened stay as they are until they are written again.
        private boolean mayHaveChanged(Field field, int position) {
            return before.isEmpty() || !before.get().value(field.name()).equals(values[position]);
        }

        private void judge(Field field, Value value) {
            if (misread.contains(field.name())) return;
            if (field.isPrimaryKey() && before.isPresent()) {
                problems.add(FieldProblem.at(field.name(), "validation_pk_change", "The record id cannot be changed."));
                return;
            }
            if (field.type() instanceof FieldType.File && caller != Caller.OPERATOR && !keepsFiles(field, value))
                return;
            int before = problems.size();
            validator.validate(field, value, problems::add);
            if (problems.size() == before && isAccountPassword(field) && caller != Caller.OPERATOR) {
                guessable(field.name(), value).ifPresent(problems::add);
            }
        }

        private boolean isAccountPassword(Field field) {
            return collection.auth().isPresent() && field.type() instanceof FieldType.Password;
        }

        private boolean keepsFiles(Field field, Value value) {
            List<String> unknown = new ArrayList<>(Choices.of(value));
            unknown.removeAll(Choices.of(stored(field)));
            if (unknown.isEmpty()) return true;
            problems.add(FieldProblem.at(
                    field.name(),
                    "validation_invalid_file",
                    "Not a file of this record: files are uploaded as multipart/form-data.",
                    Map.of("invalidFiles", String.join(", ", unknown))));
            return false;
        }

        private Value[] withoutPlainPassword() {
            for (int i = 0; i < values.length; i++) {
                Field field = collection.fields().get(i);
                if (field.type() instanceof FieldType.Password && mayHaveChanged(field, i))
                    values[i] = Value.Text.EMPTY;
            }
            return values;
        }

        private Map<String, Value> allowed(Value.Members body) {
            var allowed = new LinkedHashMap<String, Value>();
            body.members().forEach((key, value) -> {
                if (maySend(key)) allowed.put(key, value);
            });
            return allowed;
        }

        /// A hidden field that someone sends who can't see it is dropped, as if it did not exist.
        private boolean maySend(String key) {
            if (caller.isSuperuser()) return true;
            if (collection.auth().isPresent() && PASSWORD_KEYS.contains(key)) return true;
            return collection.field(plainName(key)).filter(Field::hidden).isEmpty();
        }

        private static String plainName(String key) {
            int modifier = key.indexOf(':');
            String name = modifier < 0 ? key : key.substring(0, modifier);
            if (name.startsWith("+")) return name.substring(1);
            return name.endsWith("+") || name.endsWith("-") ? name.substring(0, name.length() - 1) : name;
        }

        private static Optional<String> generatedPrefix(Map<String, Value> submitted, Field field) {
            Value prefix = submitted.get(field.name() + GENERATED);
            return prefix instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
        }

        private void misread(FieldProblem problem) {
            if (misread.add(problem.path().getFirst())) problems.add(problem);
        }
    }
}
