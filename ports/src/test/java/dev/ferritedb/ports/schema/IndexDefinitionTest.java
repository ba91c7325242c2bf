package dev.ferritedb.ports.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexDefinitionTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create index i on t (a)                             | CREATE INDEX `i` ON `t` (`a`)",
                "CREATE  UNIQUE INDEX IF NOT EXISTS main.i ON t(a,b) | CREATE UNIQUE INDEX `i` ON `t` (`a`, `b`)",
                "CREATE INDEX [i] ON \"t\" (`a` COLLATE nocase desc) | CREATE INDEX `i` ON `t` (`a` COLLATE nocase DESC)",
                "CREATE INDEX i ON t (lower(a), [b] asc)             | CREATE INDEX `i` ON `t` (lower(a), `b` ASC)",
                "CREATE INDEX i ON t (a) WHERE a != 'x;y--(z'        | CREATE INDEX `i` ON `t` (`a`) WHERE a != 'x;y--(z'",
                "CREATE INDEX i ON t (a) WHERE a = 'it''s'           | CREATE INDEX `i` ON `t` (`a`) WHERE a = 'it''s'",
                "CREATE INDEX i ON t (CAST(a AS [b, c]), d)          | CREATE INDEX `i` ON `t` (CAST(a AS [b, c]), `d`)",
            })
    void writesTheStatementThatWasReadInOneSpelling(String statement, String written) {
        IndexDefinition index = IndexDefinition.parse(statement).orElseThrow();

        assertThat(index.statement()).isEqualTo(written);
        assertThat(IndexDefinition.parse(written)).contains(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CREATE",
                "CREATE TABLE t (a)",
                "CREATE INDEX ON t (a)",
                "CREATE INDEX IF EXISTS i ON t (a)",
                "CREATE INDEX i t (a)",
                "CREATE INDEX i ON t",
                "CREATE INDEX i ON t a",
                "CREATE INDEX i ON t (a",
                "CREATE INDEX i ON t ()",
                "CREATE INDEX i ON t (a,)",
                "CREATE INDEX i ON t (a))",
                "CREATE INDEX i ON t (a) a",
                "CREATE INDEX i ON t (a) WHERE",
                "CREATE INDEX i ON t (a) WHERE (b",
                "CREATE INDEX i ON t (a) WHERE b)",
                "CREATE INDEX i ON t (a) WHERE b; DROP TABLE t",
                "CREATE INDEX i ON t (a) WHERE b -- c",
                "CREATE INDEX i ON t (a /* b */)",
                "CREATE INDEX i ON t (a) WHERE b = 'c",
                "CREATE INDEX `i ON t (a)",
                "CREATE INDEX `i j` ON t (a)",
                "CREATE INDEX [i;j] ON t (a)",
                "CREATE INDEX i ON t (a COLLATE 'b c')",
                "CREATE INDEX i ON t ('a)",
                "CREATE INDEX i ON t ([a)",
                "CREATE INDEX i ON t (CAST(a AS [b'c]) ); DROP TABLE t; --'))",
                "CREATE INDEX i ON t (CAST(a AS [b\"c]) ); DROP TABLE t; --\"))",
                "CREATE INDEX i ON t (CAST(a AS [b`c]) ); DROP TABLE t; --`))"
            })
    void readsNothingButOneWholeStatement(String statement) {
        assertThat(IndexDefinition.parse(statement)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE UNIQUE INDEX i ON t (a)                 | true",
                "CREATE UNIQUE INDEX i ON t (A COLLATE NOCASE)  | true",
                "CREATE UNIQUE INDEX i ON t (a) WHERE a != 1    | true",
                "CREATE UNIQUE INDEX i ON t (a, b)              | false",
                "CREATE UNIQUE INDEX i ON t (a, lower(b))       | false",
                "CREATE UNIQUE INDEX i ON t (lower(a))          | false",
                "CREATE UNIQUE INDEX i ON t (b)                 | false",
                "CREATE INDEX i ON t (a)                        | false",
            })
    void isUniqueOverAFieldWhenItIsOverNothingElse(String statement, boolean alone) {
        IndexDefinition index = IndexDefinition.parse(statement).orElseThrow();

        assertThat(index.isUniqueAlone("a")).isEqualTo(alone);
    }

    @Test
    void movesToAnotherTableAndTakesAnotherName() {
        IndexDefinition index =
                IndexDefinition.parse("CREATE INDEX i ON t (a, lower(b))").orElseThrow();

        assertThat(index.on("u").named("j").statement()).isEqualTo("CREATE INDEX `j` ON `u` (`a`, lower(b))");
        assertThat(index.fields()).containsExactly("a");
    }
}
