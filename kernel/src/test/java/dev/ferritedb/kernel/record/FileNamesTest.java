package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.json;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A body may keep, reorder and remove the files of its record, and name no other.
class FileNamesTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private Request client;
    private String album;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'albums','fields':[{'name':'cover','type':'file'},
                 {'name':'pictures','type':'file','maxSelect':3,'required':true}]}""");
        client = kernel.superuser();
        album = kernel.create("albums", "{'cover':'c.png','pictures':['a.png','b.png']}")
                .id();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @ParameterizedTest(name = "{0} leaves {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'pictures':['a.png','b.png']} | pictures | ['a.png','b.png']",
                "{'pictures':['b.png','a.png']} | pictures | ['b.png','a.png']",
                "{'pictures':'b.png'}           | pictures | ['b.png']",
                "{'pictures-':'a.png'}          | pictures | ['b.png']",
                "{'pictures-':'unknown.png'}    | pictures | ['a.png','b.png']",
                "{'cover':'c.png'}              | cover    | 'c.png'",
                "{'cover':''}                   | cover    | ''",
                "{'cover':null}                 | cover    | ''",
            })
    void keepsAndRemovesWhatIsThere(String change, String field, String result) {
        kernel.update(client, "albums", album, change);

        assertThat(json(kernel.view(operator(), "albums", album).value(field))).isEqualTo(result.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0} is refused with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'pictures':['a.png','x.png']} | pictures | validation_invalid_file",
                "{'pictures+':'x.png'}          | pictures | validation_invalid_file",
                "{'+pictures':'c.png'}          | pictures | validation_invalid_file",
                "{'cover':'a.png'}              | cover    | validation_invalid_file",
                "{'cover':'../c.png'}           | cover    | validation_invalid_file",
                "{'pictures':[]}                | pictures | validation_required",
                "{'pictures-':['a.png','b.png']} | pictures | validation_required",
                "{'pictures':[{}]}              | pictures | validation_invalid_value",
            })
    void refusesToNameAnotherFileOrNone(String change, String field, String code) {
        assertThat(codesOf(() -> kernel.update(client, "albums", album, change)))
                .containsOnlyKeys(field)
                .containsEntry(field, code);
        assertThat(json(kernel.view(operator(), "albums", album).value("pictures")))
                .isEqualTo("[\"a.png\",\"b.png\"]");
    }

    @Test
    void takesNoFileOfAnotherRecordInANewOne() {
        assertThat(codesOf(() -> kernel.create(client, "albums", "{'pictures':['a.png']}")))
                .containsEntry("pictures", "validation_invalid_file");
        assertThat(kernel.find("albums", "")).hasSize(1);
    }
}
