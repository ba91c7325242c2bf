package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Position;
import dev.ferritedb.ports.query.Scalar;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes cursors of positions and positions of cursors. A cursor is encrypted, since a position tells what records
/// hold; it fits only the collection, sort, filter and caller it was made for. The key comes of the superusers'
/// token secret, so that cursors outlive a restart, and end when that secret is changed.
final class CursorSeal {
    private static final int CURSOR_MAX_LENGTH = 4_096;
    /// A position with longer values goes into a cursor as the record that stands there, so that a cursor fits
    /// into a URL.
    private static final int POSITION_MAX_BYTES = 1_024;

    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int AT = 1;
    private static final int WHERE_RECORD_STANDS = 2;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final byte[] context;
    private final RandomGenerator random;

    CursorSeal(
            CollectionCatalog catalog,
            Request request,
            CollectionSchema collection,
            ListQuery query,
            RandomGenerator random) {
        this.key = key(catalog);
        this.context = written(out -> {
            write(collection.id(), out);
            write(query.sort(), out);
            write(query.filter(), out);
            write(owner(request.caller()), out);
        });
        this.random = random;
    }

    private static SecretKeySpec key(CollectionCatalog catalog) {
        String secret = catalog.named(Caller.SUPERUSERS)
                .flatMap(CollectionSchema::auth)
                .orElseThrow(() -> new IllegalStateException("there are no superusers"))
                .tokens()
                .auth()
                .secret();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] derived = mac.doFinal("ferritedb cursor 1".getBytes(StandardCharsets.US_ASCII));
            return new SecretKeySpec(derived, 0, KEY_BYTES, "AES");
        } catch (GeneralSecurityException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
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
        byte[] values = bytes(position);
        boolean fits = values.length <= POSITION_MAX_BYTES;
        byte[] content = written(out -> {
            out.writeByte(fits ? AT : WHERE_RECORD_STANDS);
            if (fits) {
                out.write(values);
            } else {
                write(record, out);
                out.write(digest(values));
            }
        });
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
            return ENCODER.encodeToString(written(out -> {
                out.write(nonce);
                out.write(sealed);
            }));
        } catch (GeneralSecurityException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
    }

    /// Refuses with `Invalid`: `invalid_cursor` what [#close] did not make for this very list, `cursor_lost` when
    /// the record it stands for is not what and where it was.
    ///
    /// @param positions where the record by that id stands now
    Position open(String cursor, Function<String, Position> positions) {
        try (var in = new DataInputStream(new ByteArrayInputStream(opened(cursor)))) {
            if (in.readByte() == AT) return position(in);
            Position now = positions.apply(text(in));
            if (MessageDigest.isEqual(in.readAllBytes(), digest(bytes(now)))) return now;
            throw lost();
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    private byte[] opened(String cursor) {
        if (cursor.length() > CURSOR_MAX_LENGTH) throw notOurs();
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            if (sealed.length <= NONCE_BYTES) throw notOurs();
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (IllegalArgumentException | GeneralSecurityException forged) {
            throw notOurs();
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

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException everyRunTimeHasIt) {
            throw new IllegalStateException(everyRunTimeHasIt);
        }
    }

    private static byte[] bytes(Position position) {
        return written(out -> {
            out.writeByte(position.values().size());
            for (Scalar value : position.values()) {
                switch (value) {
                    case Scalar.Missing _ -> out.writeByte('-');
                    case Scalar.Whole(long number) -> {
                        out.writeByte('w');
                        out.writeLong(number);
                    }
                    case Scalar.Real(double number) -> {
                        out.writeByte('r');
                        out.writeDouble(number);
                    }
                    case Scalar.Text(String text) -> {
                        out.writeByte('t');
                        write(text, out);
                    }
                }
            }
        });
    }

    private static Position position(DataInputStream in) throws IOException {
        int count = in.readByte();
        var values = new ArrayList<Scalar>(count);
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (in.readByte()) {
                        case 'w' -> new Scalar.Whole(in.readLong());
                        case 'r' -> new Scalar.Real(in.readDouble());
                        case 't' -> Scalar.text(text(in));
                        default -> Scalar.MISSING;
                    });
        }
        return new Position(values);
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return bytes.toByteArray();
    }
}
