package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.Objects;
import java.util.Optional;

/// Reads the tokens that mails carry. Each is good for one purpose, account and collection, until the account's
/// token key changes. Source: the wire contract, sections 2 and 8.5 to 8.7.
final class MailedTokens {
    static final String EMAIL = "email";
    static final String NEW_EMAIL = "newEmail";
    private static final String TOKEN = "token";

    private final TokenCodec tokens;

    MailedTokens(TokenCodec tokens) {
        this.tokens = tokens;
    }

    sealed interface Proof {
        /// The token is good.
        record Given(StoredRecord account, TokenClaims claims) implements Proof {
            public Given {
                Objects.requireNonNull(account);
                Objects.requireNonNull(claims);
            }

            /// @return empty text when the token has no such claim
            String text(String claim) {
                return claims.more().get(claim) instanceof Value.Text(String text) ? text : "";
            }
        }

        record Failed(FieldProblem problem) implements Proof {
            public Failed {
                Objects.requireNonNull(problem);
            }
        }
    }

    /// @param collection the one that the request speaks of
    Proof prove(RecordReads reads, CollectionSchema collection, String token, TokenKind kind) {
        Optional<TokenClaims> claims = tokens.peek(token).filter(read -> read.kind() == kind);
        Optional<StoredRecord> account = claims.flatMap(read -> reads.catalog()
                .byId(read.collectionId())
                .filter(found -> found.auth().isPresent())
                .flatMap(found -> reads.find(found, read.recordId()))
                .filter(found -> tokens.signedWith(token, TokenKeys.of(found, kind))));
        if (account.isEmpty()) return new Proof.Failed(invalid());
        if (!account.get().collection().id().equals(collection.id())) {
            return new Proof.Failed(
                    problem("validation_token_collection_mismatch", "The token is for another auth collection."));
        }
        return new Proof.Given(account.get(), claims.orElseThrow());
    }

    /// Whether `token` says anything as `claim`, be it good or not.
    boolean claims(String token, String claim) {
        return !tokens.unprovenText(token, claim).isEmpty();
    }

    static FieldProblem invalid() {
        return problem("validation_invalid_token", "The token is invalid, used or expired.");
    }

    static FieldProblem problem(String code, String message) {
        return FieldProblem.at(TOKEN, code, message);
    }
}
