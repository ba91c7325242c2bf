package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which accounts at providers belong to which accounts here: the records of `_externalAuths`. A provider's
/// account is known by the provider's name and its id there alone, never by its e-mail.
final class ExternalAuths {
    static final String COLLECTION = "_externalAuths";

    private ExternalAuths() {}

    static Map<String, Value> link(StoredRecord account, String provider, String providerId) {
        var values = new LinkedHashMap<String, Value>();
        values.put("collectionRef", Value.text(account.collection().id()));
        values.put("recordRef", Value.text(account.id()));
        values.put("provider", Value.text(provider));
        values.put("providerId", Value.text(providerId));
        return values;
    }

    /// The link of that account at the provider to one of `collection`.
    static Optional<StoredRecord> find(
            RecordReads reads, CollectionSchema collection, String provider, String providerId) {
        return query(
                        reads,
                        Map.of(
                                "collectionRef", Value.text(collection.id()),
                                "provider", Value.text(provider),
                                "providerId", Value.text(providerId)))
                .stream()
                .findFirst();
    }

    private static List<StoredRecord> query(RecordReads reads, Map<String, Value> values) {
        CollectionSchema links = reads.catalog().named(COLLECTION).orElseThrow();
        Condition where = Condition.Constant.ALWAYS;
        for (Map.Entry<String, Value> value : values.entrySet()) {
            where = Condition.both(
                    where,
                    Condition.where(
                            links.field(value.getKey()).orElseThrow(), Condition.Operator.EQUAL, value.getValue()));
        }
        var found = new ArrayList<StoredRecord>();
        reads.visit(RecordQuery.all(links, where, Givens.NONE), row -> found.add(row.record()));
        return found;
    }
}
