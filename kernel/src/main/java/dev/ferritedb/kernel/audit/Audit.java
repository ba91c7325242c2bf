package dev.ferritedb.kernel.audit;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditLog;
import dev.ferritedb.ports.audit.AuditPage;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Set;

/// Notes who did what. Noting costs a request next to nothing and never fails it. What is noted holds no secret, no
/// whole e-mail address and no character that could end its line.
public final class Audit {
    /// Notes nothing.
    public static final Audit NONE = new Audit(AuditLog.NONE, InstantSource.fixed(Instant.EPOCH));

    /// What a client can do as often as it likes.
    private static final Set<AuditAction> FREE_TO_ANYONE = EnumSet.of(
            AuditAction.AUTHENTICATION_FAILURE,
            AuditAction.AUTHORIZATION_FAILURE,
            AuditAction.RATE_LIMIT,
            AuditAction.TOKEN_REFRESH,
            AuditAction.VERIFICATION_REQUEST,
            AuditAction.PASSWORD_RESET_REQUEST,
            AuditAction.EMAIL_CHANGE_REQUEST,
            AuditAction.OTP_REQUEST);

    private final AuditLog log;
    private final Flood flood;
    private final InstantSource clock;

    public Audit(AuditLog log, InstantSource clock) {
        this.log = Objects.requireNonNull(log);
        this.clock = Objects.requireNonNull(clock);
        this.flood = new Flood(clock);
    }

    /// What the caller of `request` did to one record of `collection`.
    public void note(
            Request request, AuditAction action, CollectionSchema collection, String id, Value.Members details) {
        note(request, action, collection.name(), id, details);
    }

    /// What the caller of `request` did to `resource`.
    ///
    /// @param resource the kind of thing, mostly a collection's name
    /// @param id which one; may be empty
    public void note(Request request, AuditAction action, String resource, String id, Value.Members details) {
        Origin origin = request.origin();
        String actor = actor(request.caller());
        Value.Members kept = details;
        if (FREE_TO_ANYONE.contains(action)) {
            switch (flood.of(action, actor + " " + origin.address())) {
                case NOTED -> {}
                case LAST_NOTED -> kept = with(details, "omitted", "further ones within this minute");
                case LEFT_OUT -> {
                    return;
                }
            }
        }
        log.append(new AuditEntry(
                clock.instant(),
                actor,
                action.wireName(),
                Redaction.text(resource),
                Redaction.text(id),
                Redaction.of(kept),
                Redaction.line(origin.address()),
                Redaction.text(origin.agent()),
                Redaction.line(origin.requestId())));
    }

    private static Value.Members with(Value.Members details, String name, String text) {
        var more = new LinkedHashMap<>(details.members());
        more.put(name, Value.text(text));
        return new Value.Members(more);
    }

    /// What an account did to itself, such as signing in: it is the actor, whoever the request came from.
    public void noteOwn(Request request, AuditAction action, StoredRecord account, Value.Members details) {
        note(request.by(Caller.of(account)), action, account.collection(), account.id(), details);
    }

    /// Somebody could not prove to be an account of `collection`, or was not let in.
    ///
    /// @param id of the account that was meant, empty when there is none
    public void noteFailure(Request request, CollectionSchema collection, String id, Value.Members details) {
        note(request, AuditAction.AUTHENTICATION_FAILURE, collection, id, details);
    }

    private static String actor(Caller caller) {
        return switch (caller) {
            case Caller.Guest _ -> "guest";
            case Caller.Operator _ -> "operator";
            case Caller.Member(StoredRecord account) -> actor(account);
            case Caller.Superuser(StoredRecord account) -> actor(account);
        };
    }

    private static String actor(StoredRecord account) {
        return account.collection().name() + "/" + account.id();
    }

    /// For superusers and the operator.
    public AuditPage find(Request request, AuditQuery query) {
        request.demandSuperuser();
        return log.find(query);
    }

    /// Throws [PortFailure] while what is noted can't be kept.
    public void demandKept() {
        log.trouble().ifPresent(reason -> {
            throw new PortFailure("the audit log can't be written: " + reason);
        });
    }

    /// Forgets what is older than `kept`.
    /// @return how many entries went
    public long sweep(Duration kept) {
        Instant oldest = clock.instant().minus(kept);
        return log.deleteBefore(oldest);
    }
}
