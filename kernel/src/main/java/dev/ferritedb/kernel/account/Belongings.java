package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the system keeps of accounts in a collection of its own, such as `_otps`.
record Belongings(String collection) {
    static final Belongings CODES = new Belongings("_otps");
    static final Belongings BEGUN_SIGN_INS = new Belongings("_mfas");
    static final Belongings ORIGINS = new Belongings("_authOrigins");
    static final Belongings SESSIONS = new Belongings(Authenticator.SESSIONS);

    /// Oldest first.
    List<StoredRecord> of(StoredRecord account, RecordReads reads) {
        return matching(
                reads,
                schema -> Condition.both(
                        equal(schema, "collectionRef", account.collection().id()),
                        equal(schema, "recordRef", account.id())));
    }

    /// Those of accounts of `owners` that were made before `created`.
    List<StoredRecord> olderThan(String created, CollectionSchema owners, RecordReads reads) {
        return matching(
                reads,
                schema -> Condition.both(
                        equal(schema, "collectionRef", owners.id()),
                        Condition.where(schema.field("created").orElseThrow(), Operator.LESS, Value.text(created))));
    }

    /// Those whose `field` is a moment before `moment`.
    List<StoredRecord> before(String moment, String field, RecordReads reads) {
        return matching(
                reads, schema -> Condition.where(schema.field(field).orElseThrow(), Operator.LESS, Value.text(moment)));
    }

    private List<StoredRecord> matching(RecordReads reads, Function<CollectionSchema, Condition> which) {
        CollectionSchema schema = reads.catalog().named(collection).orElseThrow();
        var found = new ArrayList<StoredRecord>();
        reads.visit(RecordQuery.all(schema, which.apply(schema), Givens.NONE), row -> found.add(row.record()));
        return found;
    }

    Optional<StoredRecord> find(String id, RecordReads reads) {
        return reads.find(reads.catalog().named(collection).orElseThrow(), id);
    }

    /// Whether `record`, one of these, is the account's.
    static boolean isOf(StoredRecord account, StoredRecord record) {
        return record.text("collectionRef").equals(account.collection().id())
                && record.text("recordRef").equals(account.id());
    }

    static Map<String, Value> referenceTo(StoredRecord account) {
        return Map.of("collectionRef", Value.text(account.collection().id()), "recordRef", Value.text(account.id()));
    }

    private static Condition equal(CollectionSchema schema, String field, String value) {
        return Condition.where(schema.field(field).orElseThrow(), Operator.EQUAL, Value.text(value));
    }
}
