package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.SystemCollections;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What use cases of accounts write: the accounts themselves and what the system keeps of them. Every write is
/// part of a transaction that the use case may share with others, and takes the way of all records: hooks,
/// unique indexes, dates.
public final class AccountChanges {
    private static final String PASSWORD = "password";
    private static final int RANDOM_PASSWORD_BYTES = 32;
    private static final int TOKEN_KEY_BYTES = 25;

    private final RecordStore store;
    private final RecordWriting writing;
    private final RecordDrafting drafting;
    private final FieldValidator validator = new FieldValidator();
    private final PasswordHasher passwords;

    AccountChanges(RecordStore store, RecordWriting writing, RecordDrafting drafting, PasswordHasher passwords) {
        this.store = store;
        this.writing = writing;
        this.drafting = drafting;
        this.passwords = passwords;
    }

    /// Further writes in the transaction that creates a record.
    @FunctionalInterface
    public interface AfterCreate {
        void run(RecordWrites writes, StoredRecord created);
    }

    /// Judges a new password by the options of the collection's password field, and refuses common ones.
    ///
    /// @param at the member of the input that the problems are of
    public List<FieldProblem> passwordProblems(CollectionSchema collection, String password, String at) {
        Field field = collection.field(PASSWORD).orElseThrow().asRequired();
        var problems = new ArrayList<FieldProblem>();
        validator.validate(
                field,
                Value.text(password),
                problem -> problems.add(FieldProblem.at(at, problem.code(), problem.message(), problem.params())));
        if (problems.isEmpty()) drafting.guessable(at, Value.text(password)).ifPresent(problems::add);
        return List.copyOf(problems);
    }

    /// Slow: to be called before a transaction begins.
    public Value hash(String password) {
        return Value.text(passwords.hash(password));
    }

    /// The hash of a password that nobody knows. Slow, as [#hash].
    public Value unknownPassword() {
        return hash(drafting.secret(RANDOM_PASSWORD_BYTES));
    }

    /// Gives `before`, as found in this transaction, other values. A new password or e-mail ends all that was
    /// signed in: the token key changes, unless `values` has one, and what stood on the old credentials goes.
    ///
    /// @param values by field; a password as its hash
    public StoredRecord change(RecordWrites writes, StoredRecord before, Map<String, Value> values) {
        RecordDraft draft =
                drafting.update(before, Value.Members.EMPTY, Caller.OPERATOR).with(values);
        return writing.changed(writes, before, draft);
    }

    /// Ends all that `before`, as found in this transaction, is signed in with: it gets another token key.
    public StoredRecord endAllSignIns(RecordWrites writes, StoredRecord before) {
        return writing.signedOut(writes, before, drafting.update(before, Value.Members.EMPTY, Caller.OPERATOR));
    }

    /// As [#change], and marks the account as verified. If it was not until now, whoever made it need not be who
    /// has the address: links to identity providers from before go, and with them all that was signed in.
    public StoredRecord verify(RecordWrites writes, StoredRecord before, Map<String, Value> values) {
        var all = new LinkedHashMap<>(values);
        if (!before.truth("verified")) {
            all.put("verified", Value.Truth.TRUE);
            List<StoredRecord> links = SystemCollections.externalLinksOf(before, writes);
            links.forEach(link -> delete(writes, link));
            if (!links.isEmpty()) all.put("tokenKey", Value.text(drafting.secret(TOKEN_KEY_BYTES)));
        }
        return change(writes, before, all);
    }

    /// Creates a record as any client does, under the collection's create rule, with `more` in the same
    /// transaction. Refuses as [RecordService#create] does.
    public StoredRecord create(Request request, String collection, Value.Members body, AfterCreate more) {
        return writing.create(request, collection, body, more);
    }

    /// Keeps a record of a system collection.
    ///
    /// @param values by field; a password as its hash
    public StoredRecord keep(RecordWrites writes, String systemCollection, Map<String, Value> values) {
        CollectionSchema collection = writes.catalog().named(systemCollection).orElseThrow();
        RecordDraft draft = drafting.create(collection, Value.Members.EMPTY, Caller.OPERATOR);
        return writing.kept(writes, draft.with(values).with(List.of()));
    }

    /// Deletes a record with all that belongs to it.
    public void delete(RecordWrites writes, StoredRecord record) {
        writing.deleted(writes, record);
    }

    /// As [#write], and audits what became of accounts, as done by the caller of `request`.
    public <T> T write(Request request, RecordStore.WriteBody<T> body) {
        return writing.write(request, body);
    }

    /// Runs `body` alone and durably, as [RecordStore#write] does.
    public <T> T write(RecordStore.WriteBody<T> body) {
        return store.write(body);
    }
}
