package dev.ferritedb.kernel.audit;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.audit.AuditPage;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CFG-04 and CFG-05 of the security checklist, as far as the audit log goes: no secret, one line each.
class AuditTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private Audit audit;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        audit = kernel.kernel().audit();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Request from(Origin origin) {
        Request guest = guest();
        return new Request(guest.caller(), guest.method(), guest.context(), guest.query(), guest.headers(), origin);
    }

    private Value.Members kept(Value.Members details) {
        audit.note(guest(), AuditAction.LOGIN, "users", "", details);
        return kernel.audited(AuditAction.LOGIN).getLast().details();
    }

    @Test
    void saysWhoDidWhatFromWhere() {
        var ann = kernel.account("users", "ann@example.com");
        Request request =
                from(new Origin("192.0.2.7", "curl/8.5", "4f2a")).by(member(ann).caller());

        audit.note(request, AuditAction.USER_UPDATE, ann.collection(), "u1", AuditDetails.of("note", "hello"));

        assertThat(kernel.audited(AuditAction.USER_UPDATE).getLast())
                .isEqualTo(new AuditEntry(
                        kernel.now(),
                        "users/" + ann.id(),
                        "user_update",
                        "users",
                        "u1",
                        body("{'note':'hello'}"),
                        "192.0.2.7",
                        "curl/8.5",
                        "4f2a"));
    }

    @Test
    void namesGuestsTheOperatorAndSuperusers() {
        Request superuser = kernel.superuser();
        audit.note(guest(), AuditAction.LOGOUT, "users", "1", AuditDetails.NONE);
        audit.note(KernelFixture.operator(), AuditAction.LOGOUT, "users", "2", AuditDetails.NONE);
        audit.note(superuser, AuditAction.LOGOUT, "users", "3", AuditDetails.NONE);

        String id = superuser.caller().signedIn().orElseThrow().id();
        assertThat(kernel.audited(AuditAction.LOGOUT))
                .extracting(AuditEntry::actor)
                .containsExactly("guest", "operator", "_superusers/" + id);
    }

    @Test
    void masksWhatIsNamedASecretAtAnyDepth() {
        Value.Members kept = kept(body("""
            {'password':'p1','passwordConfirm':'p2','tokenKey':'t1','client_secret':'s1','Authorization':'a1',
             'apiKey':12345,'smtp':{'password':'p3','host':'mail.example.com'},
             'authToken':{'secret':'s2','duration':900},'keys':['k1',{'name':'k2'}],
             'monkey':'stays','secretary':'stays','empty':{'password':''},'on':{'password':true}}\
            """));

        assertThat(kept).isEqualTo(body("""
            {'password':'[redacted]','passwordConfirm':'[redacted]','tokenKey':'[redacted]',
             'client_secret':'[redacted]','Authorization':'[redacted]','apiKey':'[redacted]',
             'smtp':{'password':'[redacted]','host':'mail.example.com'},
             'authToken':{'secret':'[redacted]','duration':900},
             'keys':['[redacted]',{'name':'[redacted]'}],
             'monkey':'stays','secretary':'stays','empty':{'password':''},'on':{'password':true}}\
            """));
    }

    @Test
    void showsEmailsInPartWhereverTheyStand() {
        Value.Members kept = kept(body("""
            {'identity':'alice@example.com','text':'from bob@example.org, to <carol@example.net>',
             'ann@example.com':1,'handle':'@home'}\
            """));

        assertThat(kept).isEqualTo(body("""
            {'identity':'a***@example.com','text':'from b***@example.org, to <c***@example.net>',
             'a***@example.com':1,'handle':'@home'}\
            """));
    }

    @Test
    void isOneLineWhateverTheClientSent() {
        String hostile = "x\r\n2026-03-01 INFO root signed in\u2028\u0085\u001b[2K\u202Etxt.exe\0\uD800 ende";
        audit.note(
                from(new Origin(hostile, hostile, hostile)),
                AuditAction.AUTHENTICATION_FAILURE,
                hostile,
                hostile,
                new Value.Members(Map.of(hostile, Value.text(hostile))));

        AuditEntry entry = kernel.audited(AuditAction.AUTHENTICATION_FAILURE).getLast();
        String all = entry.address()
                + entry.agent()
                + entry.requestId()
                + entry.resource()
                + entry.id()
                + KernelFixture.json(entry.details());

        assertThat(entry.agent())
                .isEqualTo("x\\u000d\\u000a2026-03-01 INFO root signed in\\u2028\\u0085\\u001b[2K\\u202etxt.exe\\u0000"
                        + "\\ud800 ende");
        assertThat(all.codePoints())
                .noneMatch(point -> Character.isISOControl(point)
                        || Character.getType(point) == Character.FORMAT
                        || Character.getType(point) == Character.LINE_SEPARATOR);
    }

    @Test
    void cutsWhatIsTooLong() {
        Value.Members kept = kept(new Value.Members(Map.of("text", Value.text("y".repeat(5_000)))));

        assertThat(kept.get("text")).isEqualTo(Value.text("y".repeat(1_000) + "…"));
    }

    @Test
    void nobodyFillsItByDoingTheSameOverAndOver() {
        for (int i = 0; i < 200; i++) audit.note(guest(), AuditAction.RATE_LIMIT, "users", "", AuditDetails.NONE);
        audit.note(from(new Origin("192.0.2.7", "", "")), AuditAction.RATE_LIMIT, "users", "", AuditDetails.NONE);
        for (int i = 0; i < 200; i++) audit.note(guest(), AuditAction.LOGIN, "users", "", AuditDetails.NONE);
        kernel.turnClock(Duration.ofMinutes(1));
        audit.note(guest(), AuditAction.RATE_LIMIT, "users", "", AuditDetails.NONE);

        var noted = kernel.audited(AuditAction.RATE_LIMIT);
        assertThat(noted).hasSize(62);
        assertThat(noted.get(59).details()).isEqualTo(body("{'omitted':'further ones within this minute'}"));
        assertThat(kernel.audited(AuditAction.LOGIN)).hasSize(200);
    }

    @Test
    void showsItToSuperusersAlone() {
        audit.note(guest(), AuditAction.START, "server", "", AuditDetails.NONE);
        var ann = kernel.account("users", "ann@example.com");

        assertThat(audit.find(kernel.superuser(), AuditQuery.NEWEST.of("start")).total())
                .isEqualTo(1);
        assertThat(problemOf(() -> audit.find(guest(), AuditQuery.NEWEST))).isInstanceOf(Problem.Unauthenticated.class);
        assertThat(problemOf(() -> audit.find(member(ann), AuditQuery.NEWEST))).isInstanceOf(Problem.Forbidden.class);
    }

    @Test
    void forgetsWhatIsOlderThanItIsKept() {
        audit.note(guest(), AuditAction.START, "server", "old", AuditDetails.NONE);
        kernel.turnClock(Duration.ofDays(365));
        audit.note(guest(), AuditAction.START, "server", "young", AuditDetails.NONE);

        assertThat(audit.sweep(Duration.ofDays(365))).isZero();
        kernel.turnClock(Duration.ofSeconds(1));
        assertThat(audit.sweep(Duration.ofDays(365))).isPositive();

        assertThat(kernel.audited(AuditAction.START)).extracting(AuditEntry::id).containsExactly("young");
    }

    @Test
    void isUnwellWhileNothingCanBeKept() {
        var broken = new Audit(new Failing(), InstantSource.system());
        broken.note(guest(), AuditAction.START, "server", "", AuditDetails.NONE);

        assertThatThrownBy(broken::demandKept).isInstanceOf(PortFailure.class).hasMessageContaining("disk full");
        audit.demandKept();
    }

    private static final class Failing implements AuditLog {
        @Override
        public void append(AuditEntry entry) {}

        @Override
        public AuditPage find(AuditQuery query) {
            return AuditLog.NONE.find(query);
        }

        @Override
        public long deleteBefore(Instant time) {
            return 0;
        }

        @Override
        public Optional<String> trouble() {
            return Optional.of("disk full");
        }

        @Override
        public void close() {}
    }

    @Test
    void everyActionIsFoundByItsWireName() {
        for (AuditAction action : AuditAction.values()) {
            assertThat(AuditAction.of(action.wireName())).contains(action);
            assertThat(action.wireName()).matches("[a-z0-9]+(_[a-z0-9]+)*");
        }
        assertThat(AuditAction.of("LOGIN")).isEmpty();
    }

    @Test
    void signingInIsNotedAndSoIsFailingTo() {
        var ann = kernel.account("users", "ann@example.com");
        var signIn = kernel.kernel().accounts().signIn();

        signIn.withPassword(guest(), "users", body("{'identity':'ann@example.com','password':'correct horse'}"));
        problemOf(() ->
                signIn.withPassword(guest(), "users", body("{'identity':'ann@example.com','password':'wrong horse'}")));
        problemOf(() -> signIn.withPassword(
                guest(), "users", body("{'identity':'nobody@example.com','password':'wrong horse'}")));

        assertThat(kernel.audited(AuditAction.LOGIN)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("users/" + ann.id());
            assertThat(entry.details()).isEqualTo(body("{'method':'password'}"));
        });
        assertThat(kernel.audited(AuditAction.AUTHENTICATION_FAILURE))
                .extracting(AuditEntry::actor, AuditEntry::id, AuditEntry::details)
                .containsExactly(
                        tuple("guest", ann.id(), body("{'method':'password','identity':'a***@example.com'}")),
                        tuple("guest", "", body("{'method':'password','identity':'n***@example.com'}")));
    }
}
