package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.rule.Audience;
import dev.ferritedb.kernel.rule.CompiledRule;
import dev.ferritedb.kernel.rule.CompiledSort;
import dev.ferritedb.kernel.rule.InvalidExpression;
import dev.ferritedb.kernel.rule.RequestGivens;
import dev.ferritedb.kernel.rule.RuleBook;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.rule.RuleEvaluator;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.record.Row;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Decides what a caller may reach, and what of it he sees.
final class RecordAccess {
    private final RuleBooks rules;
    private final RuleEvaluator evaluator;
    private final JsonDocuments json;
    private final InstantSource clock;

    RecordAccess(RuleBooks rules, JsonDocuments json, InstantSource clock) {
        this.rules = rules;
        this.evaluator = new RuleEvaluator(json);
        this.json = json;
        this.clock = clock;
    }

    CollectionSchema collection(RecordReads reads, String nameOrId) {
        return reads.catalog().find(nameOrId).orElseThrow(() -> new Refusal(Problem.NotFound.collection(nameOrId)));
    }

    RuleBook book(RecordReads reads, CollectionSchema collection) {
        return rules.of(collection, reads.catalog());
    }

    /// Whether the auth rule lets the account sign in, as far as that does not depend on the request.
    boolean letsIn(StoredRecord account, RecordReads reads) {
        CompiledRule rule = rules.of(account.collection(), reads.catalog()).auth();
        if (rule.condition() instanceof Condition.Constant constant) return constant == Condition.Constant.ALWAYS;
        Givens givens = RequestGivens.at(clock.instant(), json)
                .request("POST", Request.Context.DEFAULT.wireName(), Map.of(), Map.of())
                .caller(account)
                .build();
        return evaluator.matches(rule.condition(), account, givens, reads);
    }

    /// Whether the create rule leaves the caller a chance.
    boolean mayCreate(Request request, CollectionSchema collection, CollectionCatalog catalog) {
        return request.caller().isSuperuser() || rules.of(collection, catalog).create() != CompiledRule.LOCKED;
    }

    /// What records must satisfy for this caller. Refuses with `Forbidden` when the rule is for superusers alone.
    Condition ruleOrRefuse(Request request, CompiledRule rule) {
        if (request.caller().isSuperuser()) return Condition.Constant.ALWAYS;
        if (rule == CompiledRule.LOCKED) throw new Refusal(Problem.Forbidden.onlySuperusers());
        return rule.condition();
    }

    /// As [#ruleOrRefuse]; a rule that no longer makes sense is said to be broken instead of showing an empty list.
    Condition listRuleOrRefuse(Request request, RuleBook book) {
        if (book.list() instanceof CompiledRule.Broken && !request.caller().isSuperuser()) {
            throw new Refusal(Problem.Invalid.of("rule_broken", "Something went wrong while processing your request."));
        }
        return ruleOrRefuse(request, book.list());
    }

    boolean allows(Request request, CompiledRule rule, StoredRecord record, Givens givens, RecordReads reads) {
        return request.caller().isSuperuser() || evaluator.matches(rule.condition(), record, givens, reads);
    }

    /// Whether the caller satisfies the manage rule of the account's collection.
    boolean manages(Request request, StoredRecord account, Givens givens, RecordReads reads) {
        CompiledRule rule = book(reads, account.collection()).manage();
        return rule != CompiledRule.LOCKED
                && request.caller() instanceof Caller.Member
                && evaluator.matches(rule.condition(), account, givens, reads);
    }

    Condition filter(Request request, RecordReads reads, CollectionSchema collection, String text) {
        if (text.isEmpty()) return Condition.Constant.ALWAYS;
        try {
            return rules.filter(collection, reads.catalog(), text, audience(request, text));
        } catch (InvalidExpression invalid) {
            throw new Refusal(invalid.asFilterProblem());
        }
    }

    CompiledSort order(Request request, RecordReads reads, CollectionSchema collection, String text) {
        if (text.isEmpty()) return CompiledSort.NONE;
        try {
            return rules.sort(collection, reads.catalog(), text, audience(request, text));
        } catch (InvalidExpression invalid) {
            throw new Refusal(Problem.Invalid.of("invalid_sort", invalid.getMessage()));
        }
    }

    private static Audience audience(Request request, String text) {
        if (request.caller().isSuperuser()) return Audience.TRUSTED;
        RuleBooks.reserved(text).ifPresent(problem -> {
            throw new Refusal(problem);
        });
        return Audience.PUBLIC;
    }

    Givens givens(Request request, RecordReads reads) {
        return knowing(request, reads).build();
    }

    Givens creating(Request request, RecordReads reads, CollectionSchema collection, Value.Members body) {
        return knowing(request, reads).creating(collection, body).build();
    }

    Givens updating(Request request, RecordReads reads, StoredRecord stored, Value.Members body) {
        return knowing(request, reads).updating(stored, body).build();
    }

    private RequestGivens.Builder knowing(Request request, RecordReads reads) {
        RequestGivens.Builder givens = RequestGivens.at(clock.instant(), json)
                .request(request.method(), request.context().wireName(), request.query(), request.headers())
                .related(reads.catalog(), reads::find);
        request.caller().signedIn().ifPresent(givens::caller);
        return givens;
    }

    /// What the caller sees of a record, when that can be told without looking further.
    Optional<Exposure> plainExposure(Request request, CollectionSchema collection, String id) {
        return switch (request.caller()) {
            case Caller.Superuser _, Caller.Operator _ -> Optional.of(Exposure.FULL);
            case Caller.Guest _ -> Optional.of(Exposure.PUBLIC);
            case Caller.Member(StoredRecord account) -> {
                if (collection.auth().isEmpty()) yield Optional.of(Exposure.PUBLIC);
                boolean own =
                        account.id().equals(id) && account.collection().id().equals(collection.id());
                yield own ? Optional.of(Exposure.OWN) : Optional.empty();
            }
        };
    }

    Exposure exposure(Request request, RecordReads reads, Givens givens, Row row) {
        CollectionSchema collection = row.collection();
        boolean simple = collection.auth().isEmpty() || !(request.caller() instanceof Caller.Member);
        String id = simple ? "" : row.text(collection.position("id"));
        return plainExposure(request, collection, id).orElseGet(() -> managed(request, reads, givens, row));
    }

    Exposure exposure(Request request, RecordReads reads, StoredRecord record) {
        return plainExposure(request, record.collection(), record.id()).orElseGet(() -> {
            boolean manages = manages(request, record, givens(request, reads), reads);
            return manages ? Exposure.OWN : Exposure.PUBLIC;
        });
    }

    private Exposure managed(Request request, RecordReads reads, Givens givens, Row row) {
        boolean locked = book(reads, row.collection()).manage() == CompiledRule.LOCKED;
        return !locked && manages(request, row.record(), givens, reads) ? Exposure.OWN : Exposure.PUBLIC;
    }
}
