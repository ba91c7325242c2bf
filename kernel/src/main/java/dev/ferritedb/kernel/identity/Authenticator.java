package dev.ferritedb.kernel.identity;

import dev.ferritedb.kernel.identity.KnownCallers.Moment;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Tells who a token stands for. What it found is remembered, so that a token that comes again costs neither a read
/// nor a signature, until what it depends on changes:
///
/// - its account is updated or deleted, in any way: with the write's own answer at the latest;
/// - any collection is changed or dropped, token secrets included: the same;
/// - another process writes to the data, whatever it is: within a second;
/// - it expires: looked at each time.
///
/// A token may name a session in its claim [#SESSION_CLAIM]: the id of a record of [#SESSIONS], whose
/// `collectionRef` and `recordRef` name the token's account. Such a token is good while that record is there.
/// Whoever ends a session deletes the record, through a write like any other; there is nothing to call here.
/// A session that is put away in another way than by deletion goes on being good.
public final class Authenticator {
    /// The claim of a token that is good only as long as its session.
    public static final String SESSION_CLAIM = "session";

    /// The collection whose records are sessions.
    public static final String SESSIONS = "_sessions";

    private final RecordStore store;
    private final TokenCodec tokens;
    private final InstantSource clock;
    private final String sessionSecret;
    private final KnownCallers known = new KnownCallers();

    /// @param sessionSecret part of the key of access tokens
    public Authenticator(RecordStore store, TokenCodec tokens, InstantSource clock, String sessionSecret) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
        this.sessionSecret = sessionSecret;
        store.onCommit(known::changed);
        store.onCatalog(_ -> known.forgetAll());
        store.onOtherWriter(known::forgetAll);
    }

    /// @param token the bare token, without a scheme; may be empty
    /// @return a guest when the token is missing, malformed, expired, revoked or of another kind
    public Caller callerOf(String token) {
        if (token.isEmpty()) return Caller.GUEST;
        Instant now = clock.instant();
        return known.find(token, now).orElseGet(() -> lookUp(token));
    }

    private Caller lookUp(String token) {
        Optional<TokenClaims> claims = tokens.peek(token).filter(Authenticator::signsIn);
        if (claims.isEmpty()) return Caller.GUEST;
        Moment before = known.moment(claims.get(), session(claims.get()));
        Optional<Caller> caller = account(token, claims.get()).map(Caller::of);
        caller.ifPresent(found -> known.keep(token, claims.get(), found, before));
        return caller.orElse(Caller.GUEST);
    }

    private static boolean signsIn(TokenClaims claims) {
        return switch (claims.kind()) {
            case AUTH -> true;
            case ACCESS -> claims.more().containsKey(SESSION_CLAIM);
            case FILE, VERIFICATION, PASSWORD_RESET, EMAIL_CHANGE -> false;
        };
    }

    private Optional<StoredRecord> account(String token, TokenClaims claims) {
        return store.read(reads -> reads.catalog()
                .byId(claims.collectionId())
                .filter(collection -> collection.auth().isPresent())
                .flatMap(collection -> reads.find(collection, claims.recordId()))
                .filter(account -> tokens.signedWith(token, key(account, claims.kind())))
                .filter(account -> isSessionThere(reads, claims, account)));
    }

    private String key(StoredRecord account, TokenKind kind) {
        String own = TokenKeys.of(account, kind);
        return kind == TokenKind.ACCESS ? own + sessionSecret : own;
    }

    private static boolean isSessionThere(RecordReads reads, TokenClaims claims, StoredRecord account) {
        if (!claims.more().containsKey(SESSION_CLAIM)) return true;
        Optional<CollectionSchema> sessions = reads.catalog().named(SESSIONS);
        return sessions.flatMap(found -> reads.find(found, session(claims)))
                .filter(session -> session.text("collectionRef")
                                .equals(account.collection().id())
                        && session.text("recordRef").equals(account.id()))
                .isPresent();
    }

    /// The session that a token names; empty when it names none.
    public static String session(TokenClaims claims) {
        return claims.more().get(SESSION_CLAIM) instanceof Value.Text id ? id.text() : "";
    }
}
