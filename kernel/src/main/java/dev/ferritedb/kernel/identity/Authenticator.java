package dev.ferritedb.kernel.identity;

import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.record.StoredRecord;
import java.util.Optional;

/// Tells who a token stands for.
public final class Authenticator {
    private final RecordStore store;
    private final TokenCodec tokens;

    public Authenticator(RecordStore store, TokenCodec tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    /// @param token the bare token, without a scheme; may be empty
    /// @return a guest when the token is missing, malformed, expired, revoked or of another kind
    public Caller callerOf(String token) {
        if (token.isEmpty()) return Caller.GUEST;
        return tokens.peek(token)
                .filter(claims -> claims.kind() == TokenKind.AUTH)
                .flatMap(claims -> account(token, claims))
                .map(Authenticator::caller)
                .orElse(Caller.GUEST);
    }

    private Optional<StoredRecord> account(String token, TokenClaims claims) {
        return store.read(reads -> reads.catalog()
                .byId(claims.collectionId())
                .filter(collection -> collection.auth().isPresent())
                .flatMap(collection -> reads.find(collection, claims.recordId()))
                .filter(account -> tokens.signedWith(token, TokenKeys.of(account, TokenKind.AUTH))));
    }

    private static Caller caller(StoredRecord account) {
        return account.collection().name().equals(Caller.SUPERUSERS)
                ? new Caller.Superuser(account)
                : new Caller.Member(account);
    }
}
