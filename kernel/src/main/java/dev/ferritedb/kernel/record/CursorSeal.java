package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// Makes cursors of positions and positions of cursors. A cursor is encrypted, since a position tells what records
/// hold; it fits only the collection, sort, filter and caller it was made for. The key is the superusers' token
/// secret, so that cursors outlive a restart, and end when that secret is changed.
final class CursorSeal {
    private static final int CURSOR_MAX_LENGTH = 4_096;
    /// A position with longer values goes into a cursor as the record that stands there, so that a cursor fits
    /// into a URL.
    private static final int POSITION_MAX_BYTES = 1_024;

    private static final char AT = '@';
    private static final int DIGEST_LENGTH = 43;

    private final TokenCodec codec;
    private final String key;
    private final String context;

    CursorSeal(
            TokenCodec codec,
            CollectionCatalog catalog,
            Request request,
            CollectionSchema collection,
            ListQuery query) {
        this.codec = codec;
        this.key = catalog.named(Caller.SUPERUSERS)
                .flatMap(CollectionSchema::auth)
                .orElseThrow(() -> new IllegalStateException("there are no superusers"))
                .tokens()
                .auth()
                .secret();
        this.context =
                String.join("\0", "cursor", collection.id(), owner(request.caller()), query.sort(), query.filter());
    }

    private static String owner(Caller caller) {
        return switch (caller) {
            case Caller.Guest _ -> "guest";
            case Caller.Superuser _, Caller.Operator _ -> "superuser";
            case Caller.Member member ->
                member.account().collection().id() + "/" + member.account().id();
        };
    }

    /// @param record the id of the record that stands at `position`
    String close(Position position, String record) {
        String values = PositionText.of(position);
        boolean fits = values.getBytes(StandardCharsets.UTF_8).length <= POSITION_MAX_BYTES;
        return codec.seal(fits ? AT + values : digest(values) + record, context, key);
    }

    /// Refuses with `Invalid`: `invalid_cursor` what [#close] did not make for this very list, `cursor_lost` when
    /// the record it stands for is not what and where it was.
    ///
    /// @param positions where the record by that id stands now
    Position open(String cursor, Function<String, Position> positions) {
        if (cursor.length() > CURSOR_MAX_LENGTH) throw notOurs();
        String content = codec.unseal(cursor, context, key).orElseThrow(CursorSeal::notOurs);
        if (content.charAt(0) == AT) return PositionText.position(content.substring(1));
        Position now = positions.apply(content.substring(DIGEST_LENGTH));
        if (content.startsWith(digest(PositionText.of(now)))) return now;
        throw lost();
    }

    private static String digest(String values) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(values.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
    }

    private static Refusal notOurs() {
        return refusal("invalid_cursor", "This is no cursor of this list, sort and filter for this caller.");
    }

    static Refusal lost() {
        return refusal("cursor_lost", "The record that the cursor stands for has changed; start again.");
    }

    static Refusal refusal(String code, String message) {
        return new Refusal(
                new Problem.Invalid(code, message, List.of(FieldProblem.at("cursor", "validation_" + code, message))));
    }
}
