package dev.ferritedb.ports.record;

import dev.ferritedb.ports.schema.CollectionSchema;

/// One record of a result, read from the store's own buffers: valid only while its visitor runs, on its thread.
/// Positions are those of [CollectionSchema#fields]; which reader fits is told by the field's shape.
public interface Row {
    CollectionSchema collection();

    /// A field of shape TEXT.
    String text(int position);

    /// A field of shape NUMBER.
    double number(int position);

    /// A field of shape TRUTH.
    boolean truth(int position);

    /// A field of shape LIST, JSON or POINT: the whole JSON document, encoded.
    String json(int position);

    /// @return a copy that outlives the visit
    StoredRecord record();
}
