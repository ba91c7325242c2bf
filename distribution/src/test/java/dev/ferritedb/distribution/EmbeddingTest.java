package dev.ferritedb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.identity.Argon2idCost;
import dev.ferritedb.identity.Argon2idHasher;
import dev.ferritedb.identity.CommonPasswordList;
import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.KernelPorts;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of docs/distribution.md that holds a kernel of its own.
class EmbeddingTest {
    @TempDir
    Path folder;

    @Test
    void aProgramKeepsRecordsInAKernelOfItsOwn() {
        StoredRecord note = keepANote(folder);

        assertThat(note.text("title")).isEqualTo("Buy bread");
        assertThat(note.id()).hasSize(15);
    }

    private static StoredRecord keepANote(Path folder) {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        try (var store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
                var hasher = new Argon2idHasher(Argon2idCost.DEFAULT, random)) {
            store.migrate();
            var ports = new KernelPorts(
                    store,
                    hasher,
                    new CommonPasswordList(),
                    AccountPolicy.DEFAULT,
                    new NimbusTokenCodec(clock),
                    new Json(),
                    clock,
                    random,
                    List.of());
            try (var kernel = Kernel.start(ports)) {
                var operator = Request.ofOperator();
                kernel.schema().create(operator, members("""
                        {"name": "notes", "fields": [{"name": "title", "type": "text", "required": true}]}"""));
                return kernel.records().create(operator, "notes", members("""
                                {"title": "Buy bread"}""")).record();
            }
        }
    }

    private static Value.Members members(String json) {
        return (Value.Members) Json.read(json);
    }
}
