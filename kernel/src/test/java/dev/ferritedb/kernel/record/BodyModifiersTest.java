package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyModifiersTest {
    @TempDir
    static Path folder;

    private static KernelFixture kernel;

    @BeforeAll
    static void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'tasks','fields':[
                 {'name':'n','type':'number'},{'name':'t','type':'text'},
                 {'name':'one','type':'select','values':['a','b','c']},
                 {'name':'many','type':'select','values':['a','b','c','d'],'maxSelect':3}]}""");
    }

    @AfterAll
    static void close() {
        kernel.close();
    }

    @ParameterizedTest(name = "{0} then {1} leaves {2} = {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'n':5}            | {'n+':2}                 | n    | 7",
                "{'n':5}            | {'n-':'2'}               | n    | 3",
                "{'n':5}            | {'n':1,'n+':2}           | n    | 3",
                "{'n':5}            | {'n+':2,'n':1}           | n    | 3",
                "{'many':['a']}     | {'many+':'b'}            | many | ['a','b']",
                "{'many':['a']}     | {'many+':['b','a']}      | many | ['a','b']",
                "{'many':['a']}     | {'+many':['b','c']}      | many | ['b','c','a']",
                "{'many':['a','b']} | {'many-':['a','d']}      | many | ['b']",
                "{'many':['a']}     | {'many+':'b','many-':'a'} | many | ['b']",
                "{'one':'a'}        | {'one+':'b'}             | one  | 'b'",
                "{'one':'a'}        | {'one-':'a'}             | one  | ''",
                "{'t':'x'}          | {'t+':'y'}               | t    | 'x'",
                "{'n':5}            | {'+n':2}                 | n    | 5",
            })
    void buildsOnWhatIsStored(String stored, String change, String field, String result) {
        String id = kernel.create("tasks", stored).id();

        assertThat(json(kernel.update("tasks", id, change).value(field))).isEqualTo(result.replace('\'', '"'));
    }

    @Test
    void judgesTheResult() {
        String id = kernel.create("tasks", "{'many':['a','b','c']}").id();

        assertThat(codesOf(() -> kernel.update("tasks", id, "{'many+':'d'}")))
                .containsEntry("many", "validation_too_many_values");
        assertThat(codesOf(() -> kernel.update("tasks", id, "{'n+':'x'}")))
                .containsEntry("n", "validation_not_a_number");
    }

    @Test
    void buildsOnTheDefaultOfANewRecord() {
        assertThat(json(kernel.create("tasks", "{'n+':2,'many+':'a'}").value("many")))
                .isEqualTo("[\"a\"]");
    }

    @Test
    void refusesASumThatNoNumberHolds() {
        String id = kernel.create("tasks", "{'n':1.5e308}").id();

        assertThat(codesOf(() -> kernel.update("tasks", id, "{'n+':1.5e308}")))
                .containsEntry("n", "validation_not_a_number");
        assertThat(json(kernel.update("tasks", id, "{'n-':1.5e308}").value("n")))
                .isEqualTo("0");
    }
}
