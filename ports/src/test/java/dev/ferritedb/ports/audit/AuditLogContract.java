package dev.ferritedb.ports.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every audit log promises.
public abstract class AuditLogContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    protected AuditLog log = AuditLog.NONE;

    /// The same log each time: an empty one at first, later what the last one left.
    protected abstract AuditLog open();

    @BeforeEach
    void openLog() {
        log = open();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    protected static AuditEntry entry(String actor, String action, String id) {
        return at(NOON, actor, action, id);
    }

    private static AuditEntry at(Instant time, String actor, String action, String id) {
        return new AuditEntry(time, actor, action, "users", id, Value.Members.EMPTY, "", "", "");
    }

    private List<String> ids(AuditQuery query) {
        return log.find(query).entries().stream().map(AuditEntry::id).toList();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(log.find(AuditQuery.NEWEST)).isEqualTo(new AuditPage(List.of(), 0));
        assertThat(log.trouble()).isEmpty();
    }

    @Test
    void givesBackWhatWasAppended() {
        var details = new Value.Members(Map.of(
                "before",
                        new Value.Members(Map.of("name", Value.text("ä\"\\ \uD83D\uDE00"), "size", Value.number(1.5))),
                "after", new Value.Items(List.of(Value.Truth.TRUE, Value.NOTHING))));
        var entry = new AuditEntry(
                NOON, "users/u1", "user_update", "users", "u1", details, "192.0.2.7", "Mozilla/5.0 (X11)", "4f2a");

        log.append(entry);

        assertThat(log.find(AuditQuery.NEWEST)).isEqualTo(new AuditPage(List.of(entry), 1));
    }

    @Test
    void keepsWhatWasAppendedWhenItIsClosed() {
        for (int i = 0; i < 2000; i++) log.append(entry("guest", "login", "n" + i));
        log.close();
        log = open();

        AuditPage page = log.find(AuditQuery.NEWEST);

        assertThat(page.total()).isEqualTo(2000);
        assertThat(page.entries()).hasSize(1000);
        assertThat(page.entries().getFirst().id()).isEqualTo("n1999");
    }

    @Test
    void ordersByTimeAndThenAsAppended() {
        log.append(at(NOON.plusMillis(5), "guest", "login", "late"));
        log.append(at(NOON, "guest", "login", "one"));
        log.append(at(NOON, "guest", "login", "two"));

        assertThat(ids(AuditQuery.NEWEST)).containsExactly("late", "two", "one");
        assertThat(ids(AuditQuery.NEWEST.in(AuditQuery.Order.OLDEST_FIRST))).containsExactly("one", "two", "late");
    }

    @Test
    void findsByActorActionAndResource() {
        log.append(entry("users/ann", "login", "1"));
        log.append(entry("users/bob", "login", "2"));
        log.append(entry("members/ann", "logout", "3"));
        log.append(entry("guest", "login", "4"));
        log.append(new AuditEntry(NOON, "operator", "login", "posts", "5", Value.Members.EMPTY, "", "", ""));

        assertThat(ids(AuditQuery.NEWEST.by("users/ann"))).containsExactly("1");
        assertThat(ids(AuditQuery.NEWEST.by("ann"))).containsExactly("3", "1");
        assertThat(ids(AuditQuery.NEWEST.by("guest"))).containsExactly("4");
        assertThat(ids(AuditQuery.NEWEST.by("an"))).isEmpty();
        assertThat(ids(AuditQuery.NEWEST.of("logout"))).containsExactly("3");
        assertThat(ids(AuditQuery.NEWEST.of("login").by("ann"))).containsExactly("1");
        assertThat(ids(AuditQuery.NEWEST.on("posts"))).containsExactly("5");
        assertThat(log.find(AuditQuery.NEWEST.by("' OR 1=1 --")).total()).isZero();
    }

    @Test
    void findsBetweenTwoMomentsTheSecondNotIncluded() {
        for (int i = 0; i < 5; i++) log.append(at(NOON.plusSeconds(i), "guest", "login", "s" + i));

        assertThat(ids(AuditQuery.NEWEST.between(NOON.plusSeconds(1), NOON.plusSeconds(3))))
                .containsExactly("s2", "s1");
        assertThat(ids(AuditQuery.NEWEST.between(NOON.plusSeconds(4), Instant.MAX)))
                .containsExactly("s4");
    }

    @Test
    void givesOnePageAndTheTotalOnlyWhenAsked() {
        for (int i = 0; i < 7; i++) log.append(at(NOON.plusSeconds(i), "guest", "login", "s" + i));

        assertThat(ids(AuditQuery.NEWEST.page(3, 3))).containsExactly("s3", "s2", "s1");
        assertThat(log.find(AuditQuery.NEWEST.page(3, 3)).total()).isEqualTo(7);
        assertThat(log.find(AuditQuery.NEWEST.page(3, 30))).isEqualTo(new AuditPage(List.of(), 7));
        assertThat(log.find(AuditQuery.NEWEST.page(3, 3).uncounted()).total()).isEqualTo(-1);
    }

    @Test
    void forgetsWhatHappenedBeforeAMoment() {
        for (int i = 0; i < 5; i++) log.append(at(NOON.plusSeconds(i), "guest", "login", "s" + i));

        assertThat(log.deleteBefore(NOON.plusSeconds(2))).isEqualTo(2);
        assertThat(log.deleteBefore(NOON.plusSeconds(2))).isZero();

        assertThat(ids(AuditQuery.NEWEST)).containsExactly("s4", "s3", "s2");
    }

    @Test
    void losesNothingThatManyAppendAtOnce() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 8; t++) {
            String who = "users/t" + t;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 100; i++) log.append(entry(who, "login", "n" + i));
            }));
        }
        for (Thread thread : threads)
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();

        assertThat(log.find(AuditQuery.NEWEST).total()).isEqualTo(800);
        for (int t = 0; t < 8; t++) {
            assertThat(log.find(AuditQuery.NEWEST.by("users/t" + t)).total()).isEqualTo(100);
        }
        assertThat(log.trouble()).isEmpty();
    }

    @Test
    void losesWhatComesAfterTheEndWithoutAComplaint() {
        log.append(entry("guest", "login", "kept"));
        log.close();
        log.append(entry("guest", "login", "lost"));
        log.close();
        log = open();

        assertThat(ids(AuditQuery.NEWEST)).containsExactly("kept");
    }
}
