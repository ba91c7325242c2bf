package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;

/// Which parts of one record its reader may see.
///
/// @param hidden hidden fields too
/// @param email the e-mail of an account although its owner does not show it
public record Exposure(boolean hidden, boolean email) {
    public static final Exposure PUBLIC = new Exposure(false, false);
    /// The record's owner.
    public static final Exposure OWN = new Exposure(false, true);
    public static final Exposure FULL = new Exposure(true, true);

    /// Whether `field` of `collection` is part of what is shown. A password or token key never is, to nobody.
    ///
    /// @param emailVisibility what the record says of its own e-mail
    public boolean shows(CollectionSchema collection, Field field, boolean emailVisibility) {
        if (field.type() instanceof FieldType.Password) return false;
        if (field.hidden() && !hidden) return false;
        if (collection.auth().isEmpty()) return true;
        if (field.name().equals("tokenKey")) return false;
        return !field.name().equals("email") || email || emailVisibility;
    }
}
