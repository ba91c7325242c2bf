package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBooksTest {
    private static final CollectionSchema POSTS = Designs.of(
                    "posts",
                    Designs.text("title"),
                    Designs.bool("published"),
                    Field.of("secret", FieldType.Text.PLAIN).asHidden())
            .withRules(new AccessRules(
                    AccessRule.of("published"),
                    AccessRule.of(""),
                    AccessRule.LOCKED,
                    AccessRule.of("secret = @request.body.secret"),
                    AccessRule.of("gone = 1")));
    private static final CollectionCatalog CATALOG = new CollectionCatalog(1, List.of(POSTS));

    private final RuleBooks books = new RuleBooks();

    @Test
    void eachRuleIsLockedOpenConditionalOrBroken() {
        RuleBook book = books.of(POSTS, CATALOG);
        assertThat(book.list()).isInstanceOf(CompiledRule.When.class);
        assertThat(book.view()).isEqualTo(CompiledRule.OPEN);
        assertThat(book.create()).isEqualTo(CompiledRule.LOCKED);
        assertThat(book.update()).as("a rule may name hidden fields").isInstanceOf(CompiledRule.When.class);
        assertThat(book.delete()).isEqualTo(new CompiledRule.Broken("Unknown field 'gone' (position 1)"));
        assertThat(book.auth()).as("no auth collection").isEqualTo(CompiledRule.LOCKED);
        assertThat(book.manage()).isEqualTo(CompiledRule.LOCKED);
    }

    @Test
    void lockedAndBrokenRulesDenyEveryRecord() {
        RuleBook book = books.of(POSTS, CATALOG);
        assertThat(book.create().condition()).isEqualTo(Condition.Constant.NEVER);
        assertThat(book.delete().condition()).isEqualTo(Condition.Constant.NEVER);
        assertThat(book.view().condition()).isEqualTo(Condition.Constant.ALWAYS);
        assertThat(book.list().condition()).isInstanceOf(Condition.Comparison.class);
    }

    @Test
    void aBookIsCompiledOnceForACatalog() {
        assertThat(books.of(POSTS, CATALOG)).isSameAs(books.of(POSTS, CATALOG));
    }

    @Test
    void aChangedRuleIsSeenWithTheNextCatalog() {
        books.of(POSTS, CATALOG);
        CollectionSchema closed = POSTS.withRules(AccessRules.CLOSED);
        var next = new CollectionCatalog(2, List.of(closed));
        assertThat(books.of(closed, next).view()).isEqualTo(CompiledRule.LOCKED);
    }

    @Test
    void aDroppedFieldBreaksTheRulesThatNameIt() {
        CollectionSchema without = POSTS.withFields(POSTS.fields().stream()
                .filter(field -> !field.name().equals("published"))
                .toList());
        var next = new CollectionCatalog(2, List.of(without));
        assertThat(books.of(without, next).list()).isInstanceOf(CompiledRule.Broken.class);
    }

    @Test
    void anOwnFieldComesBeforeTheWordsRecordAndUser() {
        CollectionSchema odd =
                Designs.of("odd", Designs.text("title"), Designs.json("record"), Designs.relation("user", POSTS));
        var catalog = new CollectionCatalog(1, List.of(odd, POSTS));
        assertThat(RuleBooks.check("user.title = 'a'", odd, catalog).toString())
                .contains("name=user")
                .doesNotContain("auth");
        assertThat(RuleBooks.check("record.title = 'a'", odd, catalog).toString())
                .contains("inside=[title]");
        assertThat(RuleBooks.check("user.title = 'a'", POSTS, catalog).toString())
                .contains("auth, title");
    }

    @Test
    void blankFiltersAndSortsAskForNothing() {
        assertThat(books.filter(POSTS, CATALOG, "  ", Audience.PUBLIC)).isEqualTo(Condition.Constant.ALWAYS);
        assertThat(books.sort(POSTS, CATALOG, "", Audience.PUBLIC)).isEqualTo(CompiledSort.NONE);
    }

    @Test
    void whatLiteralsDecideIsDecidedOnce() {
        assertThat(RuleBooks.check("1 = 1", POSTS, CATALOG)).isEqualTo(Condition.Constant.ALWAYS);
        assertThat(RuleBooks.check("title = 'a' && 1 = 2", POSTS, CATALOG)).isEqualTo(Condition.Constant.NEVER);
        assertThat(RuleBooks.check("published || true", POSTS, CATALOG)).isEqualTo(Condition.Constant.ALWAYS);
        assertThat(RuleBooks.check("title in []", POSTS, CATALOG)).isEqualTo(Condition.Constant.NEVER);
    }
}
