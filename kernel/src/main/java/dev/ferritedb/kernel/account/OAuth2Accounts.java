package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.kernel.schema.SystemCollections;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.identity.ProviderUser.EmailStanding;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWrites;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Finds the account that a provider's user has here, links one, or makes one.
///
/// An e-mail is a reason to link only where the provider has proven it. If the account's own is not proven,
/// whoever made the account may be somebody else: the user takes it over clean. Its password becomes one that
/// nobody knows, every earlier link goes, and so does all that was signed in.
final class OAuth2Accounts {
    private static final int TRIES = 3;

    private final RecordStore store;
    private final AccountChanges changes;
    private final OAuth2Registration registration;

    OAuth2Accounts(RecordStore store, AccountChanges changes, OAuth2Registration registration) {
        this.store = store;
        this.changes = changes;
        this.registration = registration;
    }

    record Found(StoredRecord account, boolean isNew) {
        Found {
            Objects.requireNonNull(account);
        }
    }

    /// Which account it is, and why.
    private sealed interface Choice {
        record Linked(StoredRecord account) implements Choice {}

        record Own(StoredRecord account) implements Choice {}

        record SameEmail(StoredRecord account) implements Choice {}

        enum Nobody implements Choice {
            NOBODY
        }
    }

    /// Refuses as [OAuth2SignIn#withCode] says.
    Found of(
            Request request,
            CollectionSchema collection,
            String provider,
            ProviderUser user,
            Value.Members createData) {
        for (int tried = 1; ; tried++) {
            try {
                Optional<Found> found = existing(request, collection, provider, user);
                if (found.isPresent()) return found.get();
                return new Found(registration.create(request, collection, provider, user, createData), true);
            } catch (Refusal refusal) {
                // Another sign-in of the same user may have been first, or an account been made meanwhile.
                if (tried == TRIES || !appeared(request, collection, provider, user)) throw refusal;
            }
        }
    }

    private boolean appeared(Request request, CollectionSchema collection, String provider, ProviderUser user) {
        return store.read(reads -> choice(reads, request, current(reads, collection), provider, user))
                != Choice.Nobody.NOBODY;
    }

    private Optional<Found> existing(Request request, CollectionSchema collection, String provider, ProviderUser user) {
        Choice seen = store.read(reads -> choice(reads, request, current(reads, collection), provider, user));
        if (seen == Choice.Nobody.NOBODY) return Optional.empty();
        // Slow, so not within the transaction.
        Value unknownPassword = isTakenOver(seen, user) ? changes.unknownPassword() : Value.NOTHING;
        return changes.write(request, writes -> {
            Choice choice = choice(writes, request, current(writes, collection), provider, user);
            return switch (choice) {
                case Choice.Nobody _ -> Optional.empty();
                case Choice.Linked(StoredRecord account) ->
                    Optional.of(linked(writes, account, provider, user, unknownPassword, choice));
                case Choice.Own(StoredRecord account) ->
                    Optional.of(linked(writes, account, provider, user, unknownPassword, choice));
                case Choice.SameEmail(StoredRecord account) ->
                    Optional.of(linked(writes, account, provider, user, unknownPassword, choice));
            };
        });
    }

    private static CollectionSchema current(RecordReads reads, CollectionSchema collection) {
        return reads.catalog().byId(collection.id()).orElseThrow(() -> new Refusal(Problem.NotFound.record()));
    }

    private static Choice choice(
            RecordReads reads, Request request, CollectionSchema collection, String provider, ProviderUser user) {
        Optional<StoredRecord> linked = ExternalAuths.find(reads, collection, provider, user.id())
                .flatMap(link -> reads.find(collection, link.text("recordRef")));
        if (linked.isPresent()) return new Choice.Linked(linked.get());
        Optional<StoredRecord> own = own(reads, request, collection);
        if (own.isPresent()) return new Choice.Own(own.get());
        return sameEmail(reads, collection, user)
                .<Choice>map(Choice.SameEmail::new)
                .orElse(Choice.Nobody.NOBODY);
    }

    private static Optional<StoredRecord> own(RecordReads reads, Request request, CollectionSchema collection) {
        return switch (request.caller()) {
            case Caller.Member(StoredRecord account)
            when account.collection().id().equals(collection.id()) -> reads.find(collection, account.id());
            case Caller.Member _, Caller.Guest _, Caller.Superuser _, Caller.Operator _ -> Optional.empty();
        };
    }

    private static Optional<StoredRecord> sameEmail(RecordReads reads, CollectionSchema collection, ProviderUser user) {
        if (user.emailStanding() != EmailStanding.VERIFIED || user.email().isEmpty()) return Optional.empty();
        var field = collection.field("email").orElseThrow();
        return reads.findBy(collection, field, user.email())
                .or(() -> reads.findBy(collection, field, user.email().toLowerCase(Locale.ROOT)));
    }

    /// Whether the user owns the account beyond doubt, and whoever made it perhaps did not.
    private static boolean isTakenOver(Choice choice, ProviderUser user) {
        return switch (choice) {
            case Choice.Linked(StoredRecord account) -> !account.truth("verified") && proves(user, account);
            case Choice.SameEmail(StoredRecord account) -> !account.truth("verified");
            case Choice.Own _, Choice.Nobody _ -> false;
        };
    }

    private static boolean proves(ProviderUser user, StoredRecord account) {
        String email = account.text("email");
        return email.isEmpty() ? user.provesEmail(user.email()) : user.provesEmail(email);
    }

    private Found linked(
            RecordWrites writes,
            StoredRecord account,
            String provider,
            ProviderUser user,
            Value unknownPassword,
            Choice choice) {
        boolean unverified = !account.truth("verified");
        boolean takenOver = isTakenOver(choice, user);
        if (takenOver && unknownPassword == Value.NOTHING) {
            throw new Refusal(new Problem.Conflict("account_changed", "The account has changed meanwhile."));
        }
        boolean linked = choice instanceof Choice.Linked;
        StoredRecord proven = account;
        if (unverified && proves(user, account)) {
            var values = new LinkedHashMap<String, Value>();
            if (account.text("email").isEmpty()) values.put("email", Value.text(user.email()));
            if (takenOver) values.put("password", unknownPassword);
            proven = changes.verify(writes, account, values);
            linked = false;
        }
        if (!linked) {
            if (unverified)
                SystemCollections.externalLinksOf(account, writes).forEach(link -> changes.delete(writes, link));
            demandNoOther(SystemCollections.externalLinksOf(account, writes), provider);
            changes.keep(writes, ExternalAuths.COLLECTION, ExternalAuths.link(account, provider, user.id()));
        }
        return new Found(proven, false);
    }

    private static void demandNoOther(List<StoredRecord> links, String provider) {
        for (StoredRecord link : links) {
            if (link.text("provider").equals(provider)) {
                throw new Refusal(Problem.Invalid.of(
                        "oauth2_link_exists", "The account is linked to another account of this provider."));
            }
        }
    }
}
