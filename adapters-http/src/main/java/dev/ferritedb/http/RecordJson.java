package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonName;
import dev.ferritedb.kernel.record.Expansion;
import dev.ferritedb.kernel.record.Exposure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Writes records as JSON, keys in alphabetical order. How is planned once for each version of a collection, so
/// that a record costs no sorting and no spelling of names. Source: the wire contract, section 4.8.
final class RecordJson {
    /// No record is begun beyond this much of an answer, in bytes, so that an answer does not fill the memory: a
    /// related record is written wherever it is shown, and may stand there a million times.
    static final int ANSWER_MAX_BYTES = 32 * 1024 * 1024;

    private static final JsonName EXPAND = JsonName.of("expand");

    private final Map<String, Plan> plans = new ConcurrentHashMap<>();

    /// Refuses with `Invalid` (`answer_too_large`) what goes beyond [#ANSWER_MAX_BYTES].
    void write(Row row, Exposure exposure, JsonBuffer out) {
        demandRoom(out);
        Plan plan = plan(row.collection());
        boolean email =
                exposure.email() || plan.emailVisibilityPosition >= 0 && row.truth(plan.emailVisibilityPosition);
        out.object();
        for (Part part : plan.parts(exposure.hidden(), email)) {
            out.name(part.name);
            switch (part.shape) {
                case FIXED -> out.raw(part.fixed);
                case TEXT -> out.text(row.text(part.position));
                case NUMBER -> out.number(row.number(part.position));
                case TRUTH -> out.truth(row.truth(part.position));
                case DOCUMENT -> out.raw(row.json(part.position));
            }
        }
        out.endObject();
    }

    void write(StoredRecord record, Exposure exposure, JsonBuffer out) {
        write(new Expansion.Expanded(record, exposure, Expansion.NONE), out);
    }

    /// With the related records that are shown with it, under `expand`.
    void write(Expansion.Expanded expanded, JsonBuffer out) {
        demandRoom(out);
        StoredRecord record = expanded.record();
        Plan plan = plan(record.collection());
        boolean email = expanded.exposure().email() || record.truth("emailVisibility");
        boolean expansionDue = expanded.expansion().asked();
        out.object();
        for (Part part : plan.parts(expanded.exposure().hidden(), email)) {
            if (expansionDue && part.afterExpand) {
                write(expanded.expansion(), out);
                expansionDue = false;
            }
            out.name(part.name);
            if (part.shape == Shape.FIXED) out.raw(part.fixed);
            else out.value(record.value(part.position));
        }
        if (expansionDue) write(expanded.expansion(), out);
        out.endObject();
    }

    private static void demandRoom(JsonBuffer out) {
        if (out.length() <= ANSWER_MAX_BYTES) return;
        throw new Refusal(Problem.Invalid.of(
                "answer_too_large",
                "The answer is larger than " + ANSWER_MAX_BYTES / (1024 * 1024)
                        + " MiB. Ask for fewer records a page, or expand less."));
    }

    private void write(Expansion expansion, JsonBuffer out) {
        out.name(EXPAND).object();
        expansion.branches().forEach((name, branch) -> {
            out.name(name);
            switch (branch) {
                case Expansion.One one -> write(one.record(), out);
                case Expansion.Many many -> {
                    out.array();
                    many.records().forEach(record -> write(record, out));
                    out.endArray();
                }
            }
        });
        out.endObject();
    }

    @SuppressWarnings(
            "ReferenceEquality") // a changed collection is a new object, and comparing its fields costs too much
    private Plan plan(CollectionSchema collection) {
        Plan known = plans.get(collection.id());
        if (known != null && known.collection == collection) return known;
        var plan = new Plan(collection);
        plans.put(collection.id(), plan);
        return plan;
    }

    private enum Shape {
        FIXED,
        TEXT,
        NUMBER,
        TRUTH,
        DOCUMENT
    }

    /// @param position of the field, of no meaning for what is fixed
    /// @param afterExpand whether the name comes after `expand`
    private record Part(JsonName name, Shape shape, int position, JsonBuffer fixed, boolean afterExpand) {
        Part(String name, Shape shape, int position, JsonBuffer fixed) {
            this(JsonName.of(name), shape, position, fixed, name.compareTo("expand") > 0);
        }
    }

    private static final class Plan {
        private static final JsonBuffer NOTHING_FIXED = JsonBuffer.wire(0);

        final CollectionSchema collection;
        final int emailVisibilityPosition;
        private final List<Part[]> partsByExposure = new ArrayList<>(4);

        Plan(CollectionSchema collection) {
            this.collection = collection;
            this.emailVisibilityPosition = collection.auth().isPresent() ? collection.position("emailVisibility") : -1;
            for (int i = 0; i < 4; i++) partsByExposure.add(parts(collection, (i & 2) != 0, (i & 1) != 0));
        }

        Part[] parts(boolean hidden, boolean email) {
            return partsByExposure.get((hidden ? 2 : 0) + (email ? 1 : 0));
        }

        private static Part[] parts(CollectionSchema collection, boolean hidden, boolean email) {
            var exposure = new Exposure(hidden, email);
            var parts = new TreeMap<String, Part>();
            parts.put("collectionId", fixed("collectionId", collection.id()));
            parts.put("collectionName", fixed("collectionName", collection.name()));
            List<Field> fields = collection.fields();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                if (!exposure.shows(collection, field, email)) continue;
                parts.put(
                        field.name(), new Part(field.name(), shape(field.type().shape()), i, NOTHING_FIXED));
            }
            return parts.values().toArray(Part[]::new);
        }

        private static Part fixed(String name, String text) {
            return new Part(
                    name, Shape.FIXED, -1, JsonBuffer.wire(text.length() + 2).text(text));
        }

        private static Shape shape(FieldType.Shape shape) {
            return switch (shape) {
                case TEXT -> Shape.TEXT;
                case NUMBER -> Shape.NUMBER;
                case TRUTH -> Shape.TRUTH;
                case LIST, JSON, POINT -> Shape.DOCUMENT;
            };
        }
    }
}
