package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Lets whoever started the server make its first superuser, with a token that is shown to him alone. There is no
/// account behind the token and its key is kept in memory only, so that it opens nothing else, whoever finds it:
/// for all other use cases its bearer is a guest.
public final class FirstSuperuser {
    /// Source: the wire contract, section 7.
    public static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final int KEY_BYTES = 32;

    /// Who creates the first superuser, as the audit log names him.
    private static final String ID = "setup_link";

    private final RecordStore store;
    private final RecordService records;
    private final TokenCodec tokens;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// What the newest token is signed with; empty when none is good.
    private volatile String key = "";

    FirstSuperuser(
            RecordStore store, RecordService records, TokenCodec tokens, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.records = records;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    /// Makes a token for [#create]; an earlier one is good no longer. It looks like an auth token of a superuser.
    /// @return empty once there is a superuser
    public Optional<String> open() {
        key = "";
        CollectionSchema superusers = superusers();
        if (store.read(reads -> count(reads, superusers)) > 0) return Optional.empty();
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String fresh = HexFormat.of().formatHex(bytes);
        key = fresh;
        var claims = new TokenClaims(
                TokenKind.AUTH,
                ID,
                superusers.id(),
                clock.instant().plus(LIFETIME),
                Map.of("refreshable", Value.Truth.FALSE));
        return Optional.of(tokens.sign(claims, fresh));
    }

    /// Creates the first superuser, as superusers create others.
    ///
    /// Refuses as [RecordService#create] does, and with `Forbidden` (`superuser_required`) once there is one: of
    /// many at once, one gets through.
    ///
    /// @param token the credential that the request came with
    /// @return empty when the request is no concern of this: for another collection, or without the token
    public Optional<RecordReply> create(Request request, String collection, String token, Value.Members body) {
        if (!isGood(token) || !isSuperusers(collection)) return Optional.empty();
        Request asked = request.by(new Caller.Superuser(founder()));
        AccountChanges changes = records.accountChanges();
        StoredRecord created = changes.create(asked, collection, body, (writes, made) -> {
            if (count(writes, made.collection()) > 1) throw new Refusal(Problem.Forbidden.onlySuperusers());
        });
        key = "";
        return Optional.of(records.reply(asked, created));
    }

    private boolean isGood(String token) {
        String current = key;
        if (current.isEmpty() || token.isEmpty()) return false;
        return tokens.peek(token)
                        .filter(claims -> claims.kind() == TokenKind.AUTH)
                        .filter(claims -> claims.recordId().equals(ID))
                        .isPresent()
                && tokens.signedWith(token, current);
    }

    private boolean isSuperusers(String nameOrId) {
        return store.catalog()
                .find(nameOrId)
                .filter(found -> found.name().equals(Caller.SUPERUSERS))
                .isPresent();
    }

    private StoredRecord founder() {
        return StoredRecord.blank(superusers()).with("id", Value.text(ID));
    }

    private CollectionSchema superusers() {
        return store.catalog().named(Caller.SUPERUSERS).orElseThrow();
    }

    private static long count(RecordReads reads, CollectionSchema superusers) {
        return reads.count(RecordQuery.all(superusers, Condition.Constant.ALWAYS, Givens.NONE));
    }
}
