package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts in batches: what is slow about their passwords happens outside of the transaction.
class BatchPasswordsTest {
    @TempDir
    Path folder;

    private final Argon2idHasher argon = new Argon2idHasher(new Argon2idCost(64, 1, 1), new SecureRandom());
    private final WatchedHasher hasher = new WatchedHasher(argon);
    private SqliteRecordStore store;
    private Kernel kernel;

    @BeforeEach
    void open() {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
        kernel = Kernel.start(new KernelPorts(
                store,
                hasher,
                new CommonPasswordList(),
                AccountPolicy.DEFAULT,
                new NimbusTokenCodec(InstantSource.system()),
                new Json(),
                InstantSource.system(),
                new SecureRandom(),
                List.of()));
        kernel.schema().create(operator(), body("""
                {'name':'people','type':'auth','fields':[{'name':'nick','type':'text'}],
                 'createRule':'nick != \\"\\"','viewRule':'','updateRule':'id = @request.auth.id'}"""));
        kernel.schema()
                .create(operator(), body("{'name':'doors','createRule':'','fields':[{'name':'nick','type':'text'}]}"));
        kernel.schema().create(operator(), body("""
                {'name':'guests','type':'auth','createRule':'door.nick = \\"open\\"',
                 'fields':[{'name':'door','type':'relation','collectionId':'doors'}]}"""));
    }

    @AfterEach
    void close() {
        kernel.close();
        store.close();
        argon.close();
        assertThat(hasher.threads).doesNotContain("ferrite-writer");
    }

    /// The real one, and who called it how often.
    private static final class WatchedHasher implements PasswordHasher {
        private final PasswordHasher real;
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final AtomicInteger hashed = new AtomicInteger();
        private final AtomicInteger verified = new AtomicInteger();

        WatchedHasher(PasswordHasher real) {
            this.real = real;
        }

        @Override
        public String hash(String password) {
            threads.add(Thread.currentThread().getName());
            hashed.incrementAndGet();
            return real.hash(password);
        }

        @Override
        public boolean verify(String password, String hash) {
            threads.add(Thread.currentThread().getName());
            verified.incrementAndGet();
            return real.verify(password, hash);
        }
    }

    private static BatchRequest create(String collection, String json) {
        return new BatchRequest.Write(guest(), new RecordWrite.Create(collection, body(json)), "");
    }

    private static BatchRequest update(Request request, String id, String json) {
        return new BatchRequest.Write(request, new RecordWrite.Update("people", id, body(json), Precondition.NONE), "");
    }

    private static String account(String name, String password) {
        return "{'email':'%s@example.com','nick':'%s','door':'frontdoor000001','password':'%s','passwordConfirm':'%s'}"
                .formatted(name, name, password, password);
    }

    private static String change(String old, String password) {
        return "{'oldPassword':'%s','password':'%s','passwordConfirm':'%s'}".formatted(old, password, password);
    }

    private BatchOutcome run(BatchRequest... requests) {
        return kernel.records().batch(List.of(requests), Duration.ofSeconds(60));
    }

    private StoredRecord ann() {
        StoredRecord ann = kernel.records()
                .create(operator(), "people", body(account("ann", "first password")))
                .record();
        hasher.hashed.set(0);
        return ann;
    }

    private boolean signsIn(StoredRecord account, String password) {
        String hash = store.read(reads ->
                reads.find(account.collection(), account.id()).orElseThrow().text("password"));
        return argon.verify(password, hash);
    }

    @Test
    void createsAccountsWhosePasswordsWork() {
        BatchOutcome outcome = run(
                create("people", account("ann", "password of ann")),
                create("people", account("bob", "password of bob")));

        List<StoredRecord> people = ((BatchOutcome.Done) outcome)
                .answers().stream().map(answer -> answer.orElseThrow().record()).toList();
        assertThat(signsIn(people.get(0), "password of ann")).isTrue();
        assertThat(signsIn(people.get(1), "password of bob")).isTrue();
        assertThat(signsIn(people.get(1), "password of ann")).isFalse();
        assertThat(hasher.hashed).hasValue(2);
    }

    @Test
    void hashesNothingForABatchThatIsRefused() {
        BatchOutcome outcome = run(
                create("people", account("ann", "password of ann")),
                create("people", account("", "password of nobody")),
                create("people", account("bob", "password of bob")));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BatchOutcome.Failed.class,
                        failed -> assertThat(failed.index()).isEqualTo(1));
        assertThat(hasher.hashed).hasValue(0);
    }

    @Test
    void hashesWhatOnlyAnEarlierRequestAllows() {
        assertThat(run(create("guests", account("ann", "password of ann")))).isInstanceOf(BatchOutcome.Failed.class);
        assertThat(hasher.hashed).hasValue(0);

        assertThat(run(
                        create("doors", "{'id':'frontdoor000001','nick':'open'}"),
                        create("guests", account("ann", "password of ann"))))
                .isInstanceOf(BatchOutcome.Done.class);
        assertThat(hasher.hashed).hasValue(1);
    }

    @Test
    void changesAPasswordTwice() {
        StoredRecord ann = ann();

        BatchOutcome outcome = run(
                update(member(ann), ann.id(), change("first password", "second password")),
                update(member(ann), ann.id(), change("second password", "third password")));

        assertThat(outcome).isInstanceOf(BatchOutcome.Done.class);
        assertThat(signsIn(ann, "third password")).isTrue();
        assertThat(hasher.hashed).hasValue(2);
        assertThat(hasher.verified).hasValue(1);
    }

    @Test
    void tellsAWrongOldPasswordEvenWhenALaterRequestFailsToo() {
        StoredRecord ann = ann();
        BatchRequest right = update(member(ann), ann.id(), change("first password", "second password"));
        BatchRequest stale = update(member(ann), ann.id(), change("first password", "third password"));
        BatchRequest senseless = create("people", "{}");

        assertThat(run(right, stale, senseless)).isInstanceOfSatisfying(BatchOutcome.Failed.class, failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(((Problem.Invalid) failed.problem()).fields())
                    .extracting(FieldProblem::code)
                    .containsExactly("validation_invalid_old_password");
        });
        assertThat(run(right, senseless))
                .isInstanceOfSatisfying(
                        BatchOutcome.Failed.class,
                        failed -> assertThat(failed.index()).isEqualTo(1));
        assertThat(signsIn(ann, "first password")).isTrue();
    }
}
