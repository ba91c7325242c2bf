package dev.ferritedb.kernel.identity;

import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.kernel.CountingStore;
import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RULE-11, TOK-04 and TOK-06: what a token stands for is remembered, and never a moment too long.
class AuthenticatorTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private KernelFixture kernel;
    private NimbusTokenCodec codec;
    private CountingStore store;
    private Authenticator authenticator;
    private StoredRecord ann;
    private String token;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        codec = new NimbusTokenCodec(kernel::now);
        store = new CountingStore(kernel.store());
        authenticator = new Authenticator(store, codec, kernel::now, "");
        ann = kernel.account("users", "ann@example.com");
        token = token(ann, Map.of());
        assertThat(authenticator.callerOf(token)).isEqualTo(new Caller.Member(ann));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private String token(StoredRecord account, Map<String, Value> more) {
        var claims = new TokenClaims(
                TokenKind.AUTH,
                account.id(),
                account.collection().id(),
                kernel.now().plus(HOUR),
                more);
        return codec.sign(claims, TokenKeys.of(account, TokenKind.AUTH));
    }

    private StoredRecord stored(StoredRecord account) {
        return kernel.store()
                .read(reads -> reads.find(
                                reads.catalog().byId(account.collection().id()).orElseThrow(), account.id())
                        .orElseThrow());
    }

    @Test
    void readsNothingForATokenThatItKnows() {
        long before = store.reads();

        for (int i = 0; i < 1_000; i++)
            assertThat(authenticator.callerOf(token).signedIn()).contains(ann);

        assertThat(store.reads()).isEqualTo(before);
    }

    @Test
    void keepsReadingNothingWhileOthersChange() {
        kernel.collection("{'name':'posts','type':'base','fields':[{'name':'title','type':'text'}]}");
        StoredRecord bob = kernel.account("users", "bob@example.com");
        authenticator.callerOf(token);
        long before = store.reads();

        kernel.create("posts", "{'title':'news'}");
        kernel.update("users", bob.id(), "{'name':'Bob'}");

        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);
        assertThat(store.reads() - before).as("unless both share a counter").isLessThanOrEqualTo(1);
    }

    @Test
    void looksABadTokenUpEachTimeAndRemembersNothingOfIt() {
        String forged = token.substring(0, token.length() - 3) + "AAA";

        for (int i = 0; i < 3; i++) assertThat(authenticator.callerOf(forged)).isEqualTo(Caller.GUEST);

        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);
    }

    @Test
    void knowsAnAccountsNewValuesAtOnce() {
        StoredRecord renamed = kernel.update("users", ann.id(), "{'name':'Ann'}");

        assertThat(authenticator.callerOf(token)).isEqualTo(new Caller.Member(renamed));
        assertThat(renamed).isNotEqualTo(ann);
    }

    @Test
    void makesAGuestOfATokenFromBeforeThePasswordChanged() {
        kernel.update("users", ann.id(), "{'password':'another horse','passwordConfirm':'another horse'}");

        assertThat(authenticator.callerOf(token)).isEqualTo(Caller.GUEST);
        assertThat(authenticator.callerOf(token(stored(ann), Map.of())).signedIn())
                .isPresent();
    }

    @Test
    void makesAGuestOfATokenFromBeforeItsKeyChanged() {
        kernel.update("users", ann.id(), "{'tokenKey':'" + "k".repeat(50) + "'}");

        assertThat(authenticator.callerOf(token)).isEqualTo(Caller.GUEST);
    }

    @Test
    void makesAGuestOfADeletedAccountsToken() {
        StoredRecord bob = kernel.account("users", "bob@example.com");
        String bobs = token(bob, Map.of());
        assertThat(authenticator.callerOf(bobs).signedIn()).contains(bob);

        kernel.kernel().records().delete(operator(), "users", bob.id());

        assertThat(authenticator.callerOf(bobs)).isEqualTo(Caller.GUEST);
        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);
    }

    @Test
    void makesAGuestOfATokenFromBeforeTheCollectionsSecretChanged() {
        kernel.change("users", "{'authToken':{'secret':'" + "s".repeat(50) + "'}}");

        assertThat(authenticator.callerOf(token)).isEqualTo(Caller.GUEST);
        assertThat(authenticator.callerOf(token(stored(ann), Map.of())).signedIn())
                .isPresent();
    }

    @Test
    void givesTheAccountInItsCollectionsNewShape() {
        kernel.change(
                "users",
                "{'fields':[{'name':'email','type':'email'},{'name':'role','type':'text'},{'name':'name','type':'text'}]}");

        StoredRecord account = authenticator.callerOf(token).signedIn().orElseThrow();

        assertThat(account.collection().position("role")).isNotNegative();
        assertThat(account.text("email")).isEqualTo("ann@example.com");
    }

    @Test
    void makesGuestsOfADroppedCollectionsTokens() {
        kernel.collection("{'name':'members','type':'auth'}");
        StoredRecord cat = kernel.account("members", "cat@example.com");
        String cats = token(cat, Map.of());
        assertThat(authenticator.callerOf(cats).signedIn()).contains(cat);

        kernel.kernel().schema().delete(operator(), "members");

        assertThat(authenticator.callerOf(cats)).isEqualTo(Caller.GUEST);
        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);
    }

    @Test
    void endsWithTheTokensTimeByTheInjectedClock() {
        kernel.turnClock(HOUR.minusSeconds(1));
        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);

        kernel.turnClock(Duration.ofSeconds(1));

        assertThat(authenticator.callerOf(token)).isEqualTo(Caller.GUEST);
    }

    @Test
    void noticesWithinASecondWhatAnotherProcessWrote() {
        try (KernelFixture other = KernelFixture.in(folder)) {
            authenticator.callerOf(token);
            other.update("users", ann.id(), "{'password':'another horse','passwordConfirm':'another horse'}");
            long written = System.nanoTime();

            while (authenticator.callerOf(token).signedIn().isPresent()) {
                assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(1));
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void keepsNothingThatWasReadBeforeAChangeThatCameBetween() {
        kernel.update("users", ann.id(), "{'name':'one'}");
        store.afterTheNextRead(() -> kernel.update("users", ann.id(), "{'name':'two'}"));

        assertThat(name()).as("what was read").isEqualTo("one");
        assertThat(name()).as("what came between").isEqualTo("two");
    }

    @Test
    void keepsNothingThatWasReadBeforeASchemaChangeThatCameBetween() {
        kernel.update("users", ann.id(), "{'name':'one'}");
        store.afterTheNextRead(() -> kernel.change("users", "{'authToken':{'secret':'" + "s".repeat(50) + "'}}"));

        authenticator.callerOf(token);

        assertThat(authenticator.callerOf(token)).isEqualTo(Caller.GUEST);
    }

    private String name() {
        return authenticator.callerOf(token).signedIn().orElseThrow().text("name");
    }

    @Test
    void isNeverStaleInAThousandChangesWhileOthersAskAllTheTime() throws InterruptedException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var current = new AtomicInteger();
        var done = new AtomicBoolean();
        List<String> stale = Collections.synchronizedList(new ArrayList<>());
        kernel.update("users", ann.id(), "{'name':'0'}");
        Runnable asking = () -> {
            while (!done.get()) {
                int atLeast = current.get();
                int seen = authenticator
                        .callerOf(token)
                        .signedIn()
                        .map(account -> Integer.parseInt(account.text("name")))
                        .orElse(-1);
                if (seen < atLeast) stale.add(seen + " after " + atLeast);
            }
        };
        List<Thread> askers =
                List.of(Thread.ofPlatform().start(asking), Thread.ofPlatform().start(asking));

        for (int i = 1; i <= 1_000; i++) {
            kernel.update("users", ann.id(), "{'name':'" + i + "'}");
            current.set(i);
            if (random.nextInt(4) == 0) LockSupport.parkNanos(random.nextInt(200_000));
            if (!name().equals(Integer.toString(i))) stale.add("own " + i);
        }
        done.set(true);
        for (Thread asker : askers) asker.join();

        assertThat(stale).as("seed %d", seed).isEmpty();
    }

    @Test
    void endsATokenWithItsSession() {
        StoredRecord bob = kernel.account("users", "bob@example.com");
        StoredRecord session = session(ann);
        String ofSession = token(ann, Map.of(Authenticator.SESSION_CLAIM, Value.text(session.id())));
        assertThat(authenticator.callerOf(ofSession).signedIn()).contains(ann);
        long before = store.reads();
        assertThat(authenticator.callerOf(ofSession).signedIn()).contains(ann);
        assertThat(store.reads()).isEqualTo(before);

        kernel.store().write(writes -> {
            writes.delete(session);
            return session;
        });

        assertThat(authenticator.callerOf(ofSession)).isEqualTo(Caller.GUEST);
        assertThat(authenticator.callerOf(token).signedIn()).contains(ann);
        String ofOthers = token(
                bob, Map.of(Authenticator.SESSION_CLAIM, Value.text(session(ann).id())));
        assertThat(authenticator.callerOf(ofOthers)).isEqualTo(Caller.GUEST);
    }

    private StoredRecord session(StoredRecord account) {
        if (kernel.store().catalog().named(Authenticator.SESSIONS).isEmpty()) {
            kernel.store().write(writes -> writes.create(sessions()));
        }
        CollectionSchema sessions =
                kernel.store().catalog().named(Authenticator.SESSIONS).orElseThrow();
        StoredRecord session = StoredRecord.blank(sessions)
                .with("id", Value.text("sessionof" + account.id().substring(0, 6)))
                .with("collectionRef", Value.text(account.collection().id()))
                .with("recordRef", Value.text(account.id()));
        kernel.store().write(writes -> writes.insert(session));
        return session;
    }

    private static CollectionSchema sessions() {
        return new CollectionSchema(
                "c_sessions",
                Authenticator.SESSIONS,
                new CollectionKind.Base(),
                true,
                List.of(
                        Field.of("id", FieldType.Text.ID).withId("f_id"),
                        Field.of("collectionRef", FieldType.Text.PLAIN).withId("f_collection"),
                        Field.of("recordRef", FieldType.Text.PLAIN).withId("f_record")),
                List.of(),
                AccessRules.CLOSED,
                "2026-01-01 00:00:00.000Z",
                "2026-01-01 00:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nosuchsession00"})
    void makesAGuestOfATokenWhoseSessionIsNotThere(String session) {
        assertThat(authenticator.callerOf(token(ann, Map.of(Authenticator.SESSION_CLAIM, Value.text(session)))))
                .isEqualTo(Caller.GUEST);
    }
}
