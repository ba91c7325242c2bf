package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The collections that every server has. Source: the wire contract, section 7.
public final class SystemCollections {
    private static final List<String> BELONGING_TO_ACCOUNTS =
            List.of("_externalAuths", "_mfas", "_otps", "_authOrigins", "_sessions");

    private static final String OWNER =
            "@request.auth.id != '' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId";

    private SystemCollections() {}

    /// Drafts without dates and secrets: the schema service completes them.
    static List<CollectionSchema> drafts(int passwordMinLength) {
        return List.of(
                superusers(passwordMinLength),
                ofAccount("_externalAuths", Deletable.BY_OWNER, List.of(text("provider"), text("providerId")))
                        .withIndexes(
                                List.of(
                                        "CREATE UNIQUE INDEX `idx_externalAuths_record_provider` ON `_externalAuths` (`collectionRef`, `recordRef`, `provider`)",
                                        "CREATE UNIQUE INDEX `idx_externalAuths_collection_provider` ON `_externalAuths` (`collectionRef`, `provider`, `providerId`)")),
                ofAccount("_mfas", Deletable.BY_SUPERUSERS, List.of(text("method")))
                        .withIndexes(
                                List.of(
                                        "CREATE INDEX `idx_mfas_collectionRef_recordRef` ON `_mfas` (`collectionRef`, `recordRef`)")),
                ofAccount(
                                "_otps",
                                Deletable.BY_SUPERUSERS,
                                List.of(
                                        system(Field.of("password", new FieldType.Password("", 0, 0, 8))
                                                .asHidden()
                                                .asRequired()),
                                        system(Field.of("sentTo", FieldType.Text.PLAIN)
                                                .asHidden())))
                        .withIndexes(
                                List.of(
                                        "CREATE INDEX `idx_otps_collectionRef_recordRef` ON `_otps` (`collectionRef`, `recordRef`)")),
                ofAccount("_authOrigins", Deletable.BY_OWNER, List.of(text("fingerprint")))
                        .withIndexes(
                                List.of(
                                        "CREATE UNIQUE INDEX `idx_authOrigins_unique_pairs` ON `_authOrigins` (`collectionRef`, `recordRef`, `fingerprint`)")),
                sessions());
    }

    /// Families of refresh tokens. `refreshHash` is of the one that is good; `previousHash` of the one before, and
    /// `successor` what came for it, sealed for who has it.
    private static CollectionSchema sessions() {
        FieldType.Date date = new FieldType.Date("", "");
        return ofAccount(
                        "_sessions",
                        Deletable.BY_OWNER,
                        List.of(
                                system(Field.of("refreshHash", FieldType.Text.PLAIN)
                                        .asHidden()
                                        .asRequired()),
                                system(Field.of("previousHash", FieldType.Text.PLAIN)
                                        .asHidden()),
                                system(Field.of("successor", FieldType.Text.PLAIN)
                                        .asHidden()),
                                system(Field.of("lastUsed", date)),
                                system(Field.of("expires", date)),
                                system(Field.of("ends", date).asHidden()),
                                system(Field.of("address", FieldType.Text.PLAIN)),
                                system(Field.of("agent", FieldType.Text.PLAIN))))
                .withIndexes(
                        List.of(
                                "CREATE INDEX `idx_sessions_collectionRef_recordRef` ON `_sessions` (`collectionRef`, `recordRef`)"));
    }

    /// The auth collection that a new server starts with; it may be changed and deleted like any other.
    static CollectionSchema usersDraft(int passwordMinLength) {
        var fields = new ArrayList<>(Scaffolds.auth(passwordMinLength).fields());
        fields.add(Scaffolds.withId(Field.of("name", new FieldType.Text(0, 255, "", "", false))));
        fields.add(Scaffolds.withId(Field.of(
                "avatar",
                new FieldType.File(
                        0,
                        1,
                        List.of("image/jpeg", "image/png", "image/svg+xml", "image/gif", "image/webp"),
                        List.of(),
                        false))));
        fields.addAll(Scaffolds.autodateFields());
        AccessRule self = AccessRule.of("id = @request.auth.id");
        return new CollectionSchema(
                "_pb_users_auth_",
                "users",
                new CollectionKind.Auth(Scaffolds.authOptions()),
                false,
                fields,
                List.of(),
                new AccessRules(self, self, AccessRule.OPEN, self, self),
                "",
                "");
    }

    /// Deletes what the system keeps of the accounts of an auth collection that goes.
    static void forgetAccountsOf(CollectionSchema collection, RecordWrites writes) {
        belongings(writes, BELONGING_TO_ACCOUNTS, system -> equal(system, "collectionRef", collection.id()))
                .forEach(writes::delete);
    }

    /// Deletes what stands on credentials that an account no longer has: begun sign-ins and known origins on its
    /// password, codes and sessions on its token key.
    public static void forgetSignIns(StoredRecord before, StoredRecord after, RecordWrites writes) {
        var stale = new ArrayList<String>();
        if (!before.value("password").equals(after.value("password"))) stale.addAll(List.of("_mfas", "_authOrigins"));
        if (!before.value("tokenKey").equals(after.value("tokenKey"))) stale.addAll(List.of("_otps", "_sessions"));
        if (!stale.isEmpty())
            belongings(writes, stale, system -> isOf(after, system)).forEach(writes::delete);
    }

    /// Deletes the sessions of an account, with all tokens they gave.
    public static void endSessions(StoredRecord account, RecordWrites writes) {
        belongings(writes, List.of("_sessions"), system -> isOf(account, system))
                .forEach(writes::delete);
    }

    /// What the system keeps of an account, which goes with it.
    public static List<StoredRecord> belongingsOf(StoredRecord account, RecordReads reads) {
        return belongings(reads, BELONGING_TO_ACCOUNTS, system -> isOf(account, system));
    }

    /// The links of an account to identity providers.
    public static List<StoredRecord> externalLinksOf(StoredRecord account, RecordReads reads) {
        return belongings(reads, List.of("_externalAuths"), system -> isOf(account, system));
    }

    private static List<StoredRecord> belongings(
            RecordReads reads, List<String> names, Function<CollectionSchema, Condition> whose) {
        var found = new ArrayList<StoredRecord>();
        for (String name : names) {
            reads.catalog()
                    .named(name)
                    .map(system -> RecordQuery.all(system, whose.apply(system), Givens.NONE))
                    .ifPresent(query -> reads.visit(query, row -> found.add(row.record())));
        }
        return found;
    }

    private static Condition isOf(StoredRecord account, CollectionSchema system) {
        return Condition.both(
                equal(system, "collectionRef", account.collection().id()), equal(system, "recordRef", account.id()));
    }

    private static Condition equal(CollectionSchema system, String field, String value) {
        return Condition.where(system.field(field).orElseThrow(), Condition.Operator.EQUAL, Value.text(value));
    }

    private static CollectionSchema superusers(int passwordMinLength) {
        var fields = new ArrayList<>(Scaffolds.auth(passwordMinLength).fields());
        Scaffolds.autodateFields().forEach(field -> fields.add(field.asSystem()));
        AuthOptions options = Scaffolds.authOptions();
        AuthOptions shortLived =
                options.withTokens(options.tokens().withAuth(new AuthOptions.TokenOptions("", 86_400)));
        return draft(Caller.SUPERUSERS, new CollectionKind.Auth(shortLived), fields, AccessRules.CLOSED);
    }

    private enum Deletable {
        BY_OWNER,
        BY_SUPERUSERS
    }

    private static CollectionSchema ofAccount(String name, Deletable deletable, List<Field> further) {
        var fields = new ArrayList<Field>();
        fields.add(Scaffolds.idField());
        fields.add(text("collectionRef"));
        fields.add(text("recordRef"));
        fields.addAll(further);
        Scaffolds.autodateFields().forEach(field -> fields.add(field.asSystem()));
        AccessRule owner = AccessRule.of(OWNER);
        AccessRule delete = switch (deletable) {
            case BY_OWNER -> owner;
            case BY_SUPERUSERS -> AccessRule.LOCKED;
        };
        var rules = new AccessRules(owner, owner, AccessRule.LOCKED, AccessRule.LOCKED, delete);
        return draft(name, new CollectionKind.Base(), fields, rules);
    }

    private static Field text(String name) {
        return system(Field.of(name, FieldType.Text.PLAIN).asRequired());
    }

    private static Field system(Field field) {
        return Scaffolds.withId(field.asSystem());
    }

    private static CollectionSchema draft(String name, CollectionKind kind, List<Field> fields, AccessRules rules) {
        return new CollectionSchema(
                CollectionIds.ofCollection(kind.wireName(), name), name, kind, true, fields, List.of(), rules, "", "");
    }
}
