package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.kernel.record.Addresses;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Proves accounts by a code that was mailed to them: good once, for a short time, until a newer one is asked for
/// or five guesses were wrong. Only its hash is kept. Nothing tells an address that no account has from one that
/// some account has. Source: the wire contract, section 10.
public final class OneTimePasswords {
    private static final int CODES_MAX = 10;
    private static final int TRIES_MAX = 5;
    private static final Duration TRIES_WINDOW = Duration.ofSeconds(180);
    private static final int ID_MAX = 255;
    private static final int CODE_MAX = 71;
    private static final int ID_LENGTH = 15;
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final RecordStore store;
    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final AccountMails mails;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Audit audit;
    private final Decoys decoys;
    private final Tries triesOfAccount;
    private final Tries triesOfCode;

    OneTimePasswords(
            RecordStore store,
            AccountChanges changes,
            PasswordHasher passwords,
            AccountMails mails,
            RandomGenerator random,
            InstantSource clock,
            Audit audit) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.mails = mails;
        this.random = random;
        this.clock = clock;
        this.audit = audit;
        this.decoys = new Decoys(clock);
        this.triesOfAccount = new Tries(TRIES_MAX, clock);
        this.triesOfCode = new Tries(TRIES_MAX, clock);
    }

    /// Mails a code to the account that has the e-mail in `body`, if one has. The codes of before are good no
    /// longer; with ten of them that are not old yet, the last one stands and nothing is mailed.
    ///
    /// Refuses with `NotFound` (`auth_collection_not_found`), `Forbidden` (`otp_auth_disabled`) and `Invalid`
    /// (`invalid_input`).
    ///
    /// @return by which id the code is to be shown
    public String request(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        AuthOptions.Otp options = enabled(schema);
        String email = email(body);
        String code = random(options.length(), "0123456789");
        Value hash = changes.hash(code);
        Optional<Asked> asked = changes.write(writes -> asked(writes, schema, options, email, hash));
        String id = asked.map(known -> known.account.id()).orElse("");
        audit.note(request, AuditAction.OTP_REQUEST, schema, id, AuditDetails.of("email", email));
        asked.filter(Asked::isNew).ifPresent(known -> {
            decoys.forget(owner(schema, email));
            mails.oneTimePassword(known.account, known.id, code);
        });
        return asked.map(Asked::id)
                .orElseGet(() -> decoys.next(
                        owner(schema, email), CODES_MAX, lifetime(options), () -> random(ID_LENGTH, ID_LETTERS)));
    }

    private static AuthOptions.Otp enabled(CollectionSchema schema) {
        AuthOptions.Otp options = schema.auth().orElseThrow().otp();
        if (options.enabled()) return options;
        throw new Refusal(new Problem.Forbidden(
                "otp_auth_disabled", "The collection is not configured to allow OTP authentication."));
    }

    private static String email(Value.Members body) {
        String email = body.get("email") instanceof Value.Text(String text) ? text : "";
        if (Addresses.isEmail(email)) return email;
        throw Submission.refusal(List.of(
                email.isEmpty()
                        ? FieldProblem.required("email")
                        : FieldProblem.at("email", "validation_is_email", "Must be a valid email address.")));
    }

    private record Asked(StoredRecord account, String id, boolean isNew) {}

    private Optional<Asked> asked(
            RecordWrites writes, CollectionSchema schema, AuthOptions.Otp options, String email, Value hash) {
        return schema.field("email")
                .flatMap(field -> writes.findBy(schema, field, email))
                .map(account -> {
                    var live = new ArrayList<StoredRecord>();
                    for (StoredRecord code : Belongings.CODES.of(account, writes)) {
                        if (isOver(code, options)) changes.delete(writes, code);
                        else live.add(code);
                    }
                    if (live.size() >= CODES_MAX)
                        return new Asked(account, live.getLast().id(), false);
                    var values = new LinkedHashMap<>(Belongings.referenceTo(account));
                    values.put("password", hash);
                    values.put("sentTo", account.value("email"));
                    StoredRecord kept = changes.keep(writes, Belongings.CODES.collection(), values);
                    return new Asked(account, kept.id(), true);
                });
    }

    private boolean isOver(StoredRecord code, AuthOptions.Otp options) {
        return SecondFactors.isOver(code, lifetime(options), clock.instant());
    }

    private static Duration lifetime(AuthOptions.Otp options) {
        return Duration.ofSeconds(options.durationSeconds());
    }

    /// Whom a code is counted for, account or not.
    private static String owner(CollectionSchema collection, String email) {
        return collection.id() + "\n" + email.toLowerCase(Locale.ROOT);
    }

    private String random(int length, String letters) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(letters.charAt(random.nextInt(letters.length())));
        return text.toString();
    }

    /// `body` holds `otpId` and the code as `password`. The code is used up, and the account verified when the
    /// code went to its present address. An account that was not verified until now loses its password, unless it
    /// is one factor of two: whoever chose it need not be who has the address.
    ///
    /// Refuses with `Forbidden` (`otp_auth_disabled`), `Invalid` (`invalid_input`, `otp_invalid`) and after too
    /// many wrong guesses with `RateLimited` (`too_many_attempts`), which ends the code too.
    StoredRecord proven(Request request, CollectionSchema collection, Value.Members body) {
        AuthOptions.Otp options = enabled(collection);
        var shown = Shown.read(body);
        Optional<StoredRecord> code = store.read(reads -> live(reads, collection, options, shown.id));
        Optional<String> owner = code.map(found -> owner(collection, found.text("sentTo")))
                .or(() -> decoys.owner(shown.id, lifetime(options))
                        .filter(decoy -> decoy.startsWith(collection.id() + "\n")));
        if (owner.isEmpty()) {
            passwords.verify(shown.code, "");
            throw wrong(request, collection, code);
        }
        take(request, collection, owner.get(), shown.id, code);
        boolean right = false;
        try {
            right = passwords.verify(
                    shown.code, code.map(found -> found.text("password")).orElse(""));
        } finally {
            judge(owner.get(), shown.id, right);
        }
        if (!right) throw wrong(request, collection, code);
        return used(request, collection, options, code.orElseThrow())
                .orElseThrow(() -> wrong(request, collection, code));
    }

    private record Shown(String id, String code) {
        static Shown read(Value.Members body) {
            var problems = new ArrayList<FieldProblem>();
            String id = text(body, "otpId", ID_MAX, problems);
            String code = text(body, "password", CODE_MAX, problems);
            if (!problems.isEmpty()) throw Submission.refusal(problems);
            return new Shown(id, code);
        }

        private static String text(Value.Members body, String name, int max, List<FieldProblem> problems) {
            String text = body.get(name) instanceof Value.Text(String given) ? given : "";
            if (text.isEmpty()) {
                problems.add(FieldProblem.required(name));
            } else if (text.length() > max) {
                problems.add(FieldProblem.at(
                        name,
                        "validation_length_out_of_range",
                        "The length must be between 1 and " + max + ".",
                        Map.of("min", 1, "max", max)));
            }
            return text;
        }

        @Override
        public String toString() {
            return "Shown[" + id + "]";
        }
    }

    private Refusal wrong(Request request, CollectionSchema collection, Optional<StoredRecord> code) {
        String id = code.map(found -> found.text("recordRef")).orElse("");
        audit.noteFailure(request, collection, id, AuditDetails.of("method", SignInMethod.OTP.wireName()));
        return new Refusal(Problem.Invalid.of("otp_invalid", "Invalid or expired OTP."));
    }

    private Optional<StoredRecord> live(
            RecordReads reads, CollectionSchema collection, AuthOptions.Otp options, String id) {
        return Belongings.CODES
                .find(id, reads)
                .filter(code -> code.text("collectionRef").equals(collection.id()) && !isOver(code, options))
                .filter(code -> reads.find(collection, code.text("recordRef"))
                        .map(account -> Belongings.CODES.of(account, reads))
                        .filter(codes ->
                                !codes.isEmpty() && codes.getLast().id().equals(id))
                        .isPresent());
    }

    private void take(
            Request request, CollectionSchema collection, String owner, String id, Optional<StoredRecord> code) {
        Optional<Duration> wait = triesOfAccount.take(owner, TRIES_WINDOW);
        if (wait.isEmpty()) {
            if (triesOfCode.take(id, lifetime(enabled(collection))).isEmpty()) return;
            triesOfAccount.right(owner);
        }
        code.ifPresent(this::end);
        decoys.end(owner, id);
        if (wait.isEmpty()) throw wrong(request, collection, code);
        audit.note(request, AuditAction.RATE_LIMIT, collection, "", AuditDetails.of("method", "otp"));
        long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
        throw new Refusal(new Problem.RateLimited(
                "too_many_attempts", "Too many wrong codes. Try again in " + seconds + " seconds.", seconds));
    }

    /// And those before it: none is to become the newest one again.
    private void end(StoredRecord code) {
        changes.write(writes -> {
            writes.catalog()
                    .byId(code.text("collectionRef"))
                    .flatMap(collection -> writes.find(collection, code.text("recordRef")))
                    .ifPresent(account ->
                            Belongings.CODES.of(account, writes).forEach(each -> changes.delete(writes, each)));
            return code;
        });
    }

    private void judge(String owner, String id, boolean right) {
        if (right) {
            triesOfAccount.right(owner);
            triesOfCode.right(id);
        } else {
            triesOfAccount.wrong(owner);
            triesOfCode.wrong(id);
        }
    }

    private Optional<StoredRecord> used(
            Request request, CollectionSchema collection, AuthOptions.Otp options, StoredRecord code) {
        boolean takesOver = !collection.auth().orElseThrow().mfa().enabled() && isUnverified(collection, code);
        Map<String, Value> newPassword = takesOver ? Map.of("password", changes.unknownPassword()) : Map.of();
        return changes.write(request, writes -> {
            Optional<StoredRecord> account = live(writes, collection, options, code.id())
                    .filter(found -> found.value("password").equals(code.value("password")))
                    .flatMap(found -> writes.find(collection, found.text("recordRef")));
            account.ifPresent(
                    found -> Belongings.CODES.of(found, writes).forEach(each -> changes.delete(writes, each)));
            return account.map(found -> verified(writes, found, code, newPassword));
        });
    }

    private boolean isUnverified(CollectionSchema collection, StoredRecord code) {
        return store.read(reads -> reads.find(collection, code.text("recordRef")))
                .filter(account -> !account.truth("verified"))
                .isPresent();
    }

    private StoredRecord verified(
            RecordWrites writes, StoredRecord account, StoredRecord code, Map<String, Value> newPassword) {
        boolean hasTheAddress =
                !code.text("sentTo").isEmpty() && code.value("sentTo").equals(account.value("email"));
        if (account.truth("verified") || !hasTheAddress) return account;
        return changes.verify(writes, account, newPassword);
    }
}
