package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.rule.InvalidExpression;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compiles each rule of a collection whose form is right: one that makes no sense is not saved.
final class RuleValidator {
    private final CollectionCatalog catalog;
    private final CollectionSchema collection;
    private final List<FieldProblem> problems = new ArrayList<>();

    /// @param catalog the collections there will be; it need not know `collection`
    RuleValidator(CollectionCatalog catalog, CollectionSchema collection) {
        this.catalog = catalog;
        this.collection = collection;
    }

    List<FieldProblem> problems() {
        AccessRules rules = collection.rules();
        check(rules.list(), "listRule");
        check(rules.view(), "viewRule");
        check(rules.create(), "createRule");
        check(rules.update(), "updateRule");
        check(rules.delete(), "deleteRule");
        collection.auth().ifPresent(this::auth);
        return List.copyOf(problems);
    }

    private void auth(AuthOptions options) {
        check(options.authRule(), "authRule");
        check(options.manageRule(), "manageRule");
        check(AccessRule.of(options.mfa().rule()), "mfa", "rule");
    }

    private void check(AccessRule rule, String... place) {
        if (!(rule instanceof AccessRule.When when)) return;
        try {
            RuleBooks.check(when.expression(), collection, catalog);
        } catch (InvalidExpression invalid) {
            problems.add(new FieldProblem(
                    List.of(place),
                    "validation_invalid_rule",
                    "Invalid rule: " + invalid.getMessage() + ".",
                    Map.of()));
        }
    }
}
