package dev.ferritedb.kernel;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.mail.MailBox;
import dev.ferritedb.ports.plugin.RecordHook;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteAuditLog;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A whole kernel on a database of its own, with cheap password hashes and a clock that the test turns.
public final class KernelFixture implements AutoCloseable {
    private static final Argon2idCost CHEAP = new Argon2idCost(64, 1, 1);

    private final TurnableClock clock = new TurnableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger passwordChecks = new AtomicInteger();
    private final SqliteRecordStore store;
    private final SqliteAuditLog audit;
    private final Argon2idHasher hasher;
    private final Kernel kernel;
    private final MailBox mails = new MailBox();

    private KernelFixture(Path folder, AccountPolicy policy, Value.Members fixedSettings, List<RecordHook> hooks) {
        var random = new SecureRandom();
        this.store = SqliteRecordStore.open(
                SqliteSettings.of(folder.resolve("data.db")).withClock(clock));
        this.hasher = new Argon2idHasher(CHEAP, random);
        this.audit = SqliteAuditLog.open(folder.resolve("audit.db"));
        store.migrate();
        this.kernel = Kernel.start(new KernelPorts(
                        store,
                        counting(hasher),
                        new CommonPasswordList(),
                        policy,
                        new NimbusTokenCodec(clock),
                        new Json(),
                        clock,
                        random,
                        hooks)
                .withMails(mails, fixedSettings)
                .withAudit(audit));
    }

    /// @param folder a second fixture on the same folder sees the first one's data
    public static KernelFixture in(Path folder, RecordHook... hooks) {
        return new KernelFixture(folder, AccountPolicy.DEFAULT, Value.Members.EMPTY, List.of(hooks));
    }

    public static KernelFixture with(AccountPolicy policy, Path folder) {
        return new KernelFixture(folder, policy, Value.Members.EMPTY, List.of());
    }

    /// @param fixedSettings what the operator has decided on
    public static KernelFixture in(Path folder, Value.Members fixedSettings) {
        return new KernelFixture(folder, AccountPolicy.DEFAULT, fixedSettings, List.of());
    }

    /// What was posted.
    public MailBox mails() {
        return mails;
    }

    public Kernel kernel() {
        return kernel;
    }

    public SqliteRecordStore store() {
        return store;
    }

    /// What was audited, oldest first.
    public List<AuditEntry> audited() {
        return audit.find(AuditQuery.NEWEST.in(AuditQuery.Order.OLDEST_FIRST)).entries();
    }

    /// What was audited of one kind, oldest first.
    public List<AuditEntry> audited(AuditAction action) {
        return audited().stream()
                .filter(entry -> entry.action().equals(action.wireName()))
                .toList();
    }

    public void turnClock(Duration forward) {
        clock.turn(forward);
    }

    /// How many passwords were compared with a hash.
    public int passwordChecks() {
        return passwordChecks.get();
    }

    private PasswordHasher counting(PasswordHasher real) {
        return new PasswordHasher() {
            @Override
            public String hash(String password) {
                return real.hash(password);
            }

            @Override
            public boolean verify(String password, String hash) {
                passwordChecks.incrementAndGet();
                return real.verify(password, hash);
            }
        };
    }

    public Instant now() {
        return clock.instant();
    }

    /// JSON with single quotes for double ones.
    public static Value.Members body(String json) {
        return (Value.Members) Json.read(json.replace('\'', '"'));
    }

    public static Value value(String json) {
        return Json.read(json.replace('\'', '"'));
    }

    public static String json(Value value) {
        return Json.write(value);
    }

    public static Request operator() {
        return Request.ofOperator();
    }

    public static Request guest() {
        return operator().by(Caller.GUEST);
    }

    public static Request member(StoredRecord account) {
        return operator().by(new Caller.Member(account));
    }

    /// A superuser, made when there is none of that e-mail yet.
    public Request superuser() {
        StoredRecord account = find(Caller.SUPERUSERS, "email = 'root@example.com'").stream()
                .findFirst()
                .orElseGet(() -> account(Caller.SUPERUSERS, "root@example.com"));
        return operator().by(new Caller.Superuser(account));
    }

    /// An account whose password is `correct horse`.
    public StoredRecord account(String collection, String email) {
        return create(
                collection, "{'email':'" + email + "','password':'correct horse','passwordConfirm':'correct horse'}");
    }

    public CollectionSchema collection(String json) {
        return kernel.schema().create(operator(), body(json));
    }

    /// Changes a collection as the operator.
    public CollectionSchema change(String collection, String json) {
        return kernel.schema().update(operator(), collection, body(json));
    }

    /// Creates as the operator, whom no rule binds.
    public StoredRecord create(String collection, String json) {
        return create(operator(), collection, json).record();
    }

    public RecordReply create(Request request, String collection, String json) {
        return kernel.records().create(request, collection, body(json));
    }

    public StoredRecord update(String collection, String id, String json) {
        return update(operator(), collection, id, json).record();
    }

    public RecordReply update(Request request, String collection, String id, String json) {
        return kernel.records().update(request, collection, id, body(json));
    }

    /// All that a filter lets through, in insertion order, as the operator sees them.
    public List<StoredRecord> find(String collection, String filter) {
        return list(operator(), collection, filter);
    }

    public List<StoredRecord> list(Request request, String collection, String filter) {
        var found = new ArrayList<StoredRecord>();
        kernel.records()
                .list(
                        request,
                        collection,
                        new ListQuery(1, 1000, "", filter, true),
                        (row, _) -> found.add(row.record()));
        return found;
    }

    public StoredRecord view(Request request, String collection, String id) {
        var found = new ArrayList<StoredRecord>();
        kernel.records().view(request, collection, id, (row, _) -> found.add(row.record()));
        return found.getFirst();
    }

    /// The problem that `work` is refused with.
    /// @throws AssertionError when it is not refused
    public static Problem problemOf(Supplier<?> work) {
        Throwable thrown = catchThrowable(work::get);
        if (thrown instanceof Refusal refusal) return refusal.problem();
        throw new AssertionError("not refused but " + thrown, thrown);
    }

    public static Problem problemOf(Runnable work) {
        return problemOf(() -> {
            work.run();
            return "done";
        });
    }

    /// The codes that `work` is refused with, by the path of the place: `title`, `fields.0.name`.
    public static Map<String, String> codesOf(Supplier<?> work) {
        Problem problem = problemOf(work);
        if (!(problem instanceof Problem.Invalid invalid)) throw new AssertionError("refused otherwise: " + problem);
        return invalid.fields().stream()
                .collect(Collectors.toMap(
                        place -> String.join(".", place.path()), FieldProblem::code, (a, b) -> a + " " + b));
    }

    @Override
    public void close() {
        kernel.close();
        store.close();
        audit.close();
        hasher.close();
    }

    private static final class TurnableClock implements InstantSource {
        private volatile Instant now;

        TurnableClock(Instant now) {
            this.now = now;
        }

        void turn(Duration forward) {
            now = now.plus(forward);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
