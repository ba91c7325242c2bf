package dev.ferritedb.sqlite;

import dev.ferritedb.ports.persistence.CommitsContract;
import dev.ferritedb.ports.persistence.MigrationsContract;
import dev.ferritedb.ports.persistence.RecordReadsContract;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.persistence.RecordWritesContract;
import dev.ferritedb.ports.persistence.SchemaChangesContract;
import dev.ferritedb.ports.persistence.SettingsContract;
import dev.ferritedb.ports.persistence.ViewsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecordStoreTest {
    @TempDir
    Path folder;

    private RecordStore fresh() {
        return SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
    }

    @Nested
    class Reading extends RecordReadsContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class Writing extends RecordWritesContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class ChangingSchemas extends SchemaChangesContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class UsingViews extends ViewsContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class Committing extends CommitsContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class KeepingSettings extends SettingsContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }

    @Nested
    class Migrating extends MigrationsContract {
        @Override
        protected RecordStore open() {
            return fresh();
        }
    }
}
