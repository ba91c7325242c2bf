package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.BackRelation;
import dev.ferritedb.kernel.rule.CompiledRule;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Finds the related records that a caller asks to see and may see. Each branch of each level is one statement,
/// however many records it starts from. What does not exist or may not be seen is left out without a word.
/// Source: the wire contract, section 4.8. Refuses with `Invalid` (`answer_too_large`) what goes beyond an
/// [Allowance].
final class Expander {
    private static final int BACK_RELATED_MAX = 1_000;

    private final RecordAccess access;
    private final Request request;
    private final RecordReads reads;
    private final Givens givens;
    private final Allowance allowance = new Allowance();

    Expander(RecordAccess access, Request request, RecordReads reads) {
        this.access = access;
        this.request = request.within(Request.Context.EXPAND);
        this.reads = reads;
        this.givens = access.givens(this.request, reads);
    }

    /// One record on its way: what it is shown with grows branch by branch.
    private static final class Growing {
        private final StoredRecord record;
        private final Exposure exposure;
        private final Map<String, Expansion.Branch> branches = new TreeMap<>();
        private boolean asked;

        Growing(StoredRecord record, Exposure exposure) {
            this.record = record;
            this.exposure = exposure;
        }

        Expansion expansion() {
            return asked ? new Expansion(true, branches) : Expansion.NONE;
        }

        Expansion.Expanded expanded() {
            return new Expansion.Expanded(record, exposure, expansion());
        }
    }

    /// @param records all of one collection
    /// @return an expansion for each record, in their order
    List<Expansion> expand(List<StoredRecord> records, ExpandTree tree) {
        if (records.isEmpty() || tree.isEmpty())
            return records.stream().map(_ -> Expansion.NONE).toList();
        List<Growing> growing = records.stream()
                .map(record -> new Growing(record, Exposure.PUBLIC))
                .toList();
        grow(records.getFirst().collection(), growing, tree);
        return growing.stream().map(Growing::expansion).toList();
    }

    private void grow(CollectionSchema collection, List<Growing> from, ExpandTree tree) {
        if (from.isEmpty()) return;
        tree.branches().forEach((name, below) -> {
            Optional<Field> relation = collection.field(name).filter(this::isFollowed);
            if (relation.isPresent()) forward(relation.get(), from, below);
            else back(collection, name, from, below);
        });
    }

    private boolean isFollowed(Field field) {
        return field.type() instanceof FieldType.Relation
                && (!field.hidden() || request.caller().isSuperuser());
    }

    private void forward(Field relation, List<Growing> from, ExpandTree below) {
        Optional<CollectionSchema> target = reads.catalog().byId(((FieldType.Relation) relation.type()).collectionId());
        Optional<Condition> rule = target.flatMap(this::visibility);
        if (rule.isEmpty()) return;
        Set<String> ids = new LinkedHashSet<>();
        from.forEach(one -> ids.addAll(Choices.of(one.record.value(relation.name()))));
        Map<String, Growing> found = new HashMap<>();
        if (!ids.isEmpty()) {
            Field id = target.get().field("id").orElseThrow();
            visit(target.get(), id, List.copyOf(ids), rule.get(), ids.size(), one -> found.put(one.record.id(), one));
        }
        grow(target.get(), List.copyOf(found.values()), below);
        for (Growing one : from) {
            List<Expansion.Expanded> related = Choices.of(one.record.value(relation.name())).stream()
                    .map(found::get)
                    .filter(Objects::nonNull)
                    .map(Growing::expanded)
                    .toList();
            attach(one, relation.name(), related, !relation.type().multiple());
        }
    }

    private void back(CollectionSchema collection, String name, List<Growing> from, ExpandTree below) {
        Optional<BackRelation> back = BackRelation.named(name, collection, reads.catalog()::named, this::isFollowed);
        Optional<Condition> rule = back.map(BackRelation::source).flatMap(this::visibility);
        if (rule.isEmpty()) return;
        CollectionSchema source = back.get().source();
        Field relation = back.get().relation();
        List<String> ids = from.stream().map(one -> one.record.id()).distinct().toList();
        int position = source.position(relation.name());
        var found = new ArrayList<Growing>();
        visit(source, relation, ids, rule.get(), BACK_RELATED_MAX * ids.size(), found::add);
        grow(source, found, below);
        Map<String, List<Expansion.Expanded>> byTarget = new HashMap<>();
        for (Growing one : found) {
            for (String id : Choices.of(one.record.value(position))) {
                byTarget.computeIfAbsent(id, _ -> new ArrayList<>()).add(one.expanded());
            }
        }
        boolean single = source.isUnique(relation.name());
        for (Growing one : from) attach(one, name, byTarget.getOrDefault(one.record.id(), List.of()), single);
    }

    private void visit(
            CollectionSchema collection,
            Field field,
            List<String> ids,
            Condition rule,
            int limit,
            Consumer<Growing> found) {
        reads.visitAmong(collection, field, ids, rule, givens, limit, row -> {
            StoredRecord record = row.record();
            allowance.spend(record);
            found.accept(new Growing(record, access.exposure(request, reads, givens, row)));
        });
    }

    private static void attach(Growing one, String name, List<Expansion.Expanded> related, boolean single) {
        one.asked = true;
        if (related.isEmpty()) return;
        one.branches.put(
                name,
                single
                        ? new Expansion.One(related.getFirst())
                        : new Expansion.Many(related.subList(0, Math.min(related.size(), BACK_RELATED_MAX))));
    }

    /// @return what records of `target` must satisfy to be seen, empty when the caller may see none
    private Optional<Condition> visibility(CollectionSchema target) {
        CompiledRule rule = access.book(reads, target).view();
        if (request.caller().isSuperuser()) return Optional.of(Condition.Constant.ALWAYS);
        return rule == CompiledRule.LOCKED ? Optional.empty() : Optional.of(rule.condition());
    }
}
