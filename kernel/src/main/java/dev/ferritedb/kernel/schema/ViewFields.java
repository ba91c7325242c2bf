package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.persistence.ViewOutcome.Column;
import dev.ferritedb.ports.persistence.ViewOutcome.Columns;
import dev.ferritedb.ports.persistence.ViewOutcome.Computed;
import dev.ferritedb.ports.persistence.ViewOutcome.Copied;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.List;
import java.util.Optional;

/// Infers the fields of a view from the columns of its query.
final class ViewFields {
    private ViewFields() {}

    static List<Field> of(Columns columns, CollectionCatalog catalog) {
        return columns.columns().stream().map(column -> of(column, catalog)).toList();
    }

    private static Field of(Column column, CollectionCatalog catalog) {
        if (column.name().equals("id")) {
            FieldType.Text anyId = new FieldType.Text(0, 0, "^[a-z0-9]+$", "", true);
            return Scaffolds.withId(Field.of("id", anyId).asSystem().asRequired());
        }
        return Scaffolds.withId(
                switch (column) {
                    case Computed computed -> Field.of(computed.name(), computed.type());
                    case Copied copied -> copied(copied, catalog);
                });
    }

    private static Field copied(Copied copied, CollectionCatalog catalog) {
        Optional<CollectionSchema> origin = catalog.named(copied.collectionName());
        if (origin.isPresent() && copied.fieldName().equals("id")) {
            return Field.of(copied.name(), new FieldType.Relation(origin.get().id(), false, 0, 1));
        }
        return origin.flatMap(collection -> collection.field(copied.fieldName()))
                .map(field -> new Field(
                        "",
                        copied.name(),
                        field.type(),
                        false,
                        field.hidden(),
                        field.presentable(),
                        false,
                        field.help()))
                .orElseGet(() -> Field.of(copied.name(), new FieldType.Json(0)));
    }
}
