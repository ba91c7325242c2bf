package dev.ferritedb.kernel.schema;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Audits what became of collections and their fields.
final class SchemaTrail {
    private final Audit audit;

    SchemaTrail(Audit audit) {
        this.audit = audit;
    }

    void note(Request request, CollectionCatalog before, CollectionCatalog after) {
        for (CollectionSchema collection : after.collections()) {
            before.byId(collection.id())
                    .ifPresentOrElse(
                            old -> changed(request, old, collection),
                            () -> note(request, AuditAction.COLLECTION_CREATE, collection));
        }
        for (CollectionSchema collection : before.collections()) {
            if (after.byId(collection.id()).isEmpty()) note(request, AuditAction.COLLECTION_DELETE, collection);
        }
    }

    private void note(Request request, AuditAction action, CollectionSchema collection) {
        audit.note(
                request,
                action,
                collection,
                collection.id(),
                AuditDetails.of("type", collection.kind().wireName()));
    }

    private void changed(Request request, CollectionSchema before, CollectionSchema after) {
        if (before.equals(after)) return;
        audit.note(
                request,
                AuditAction.COLLECTION_UPDATE,
                after,
                after.id(),
                AuditDetails.difference(document(before), document(after)));
        Map<String, Field> old = fields(before);
        for (Field field : after.fields()) {
            Field was = old.remove(field.id());
            if (was == null) note(request, AuditAction.FIELD_CREATE, after, field);
            else if (!was.equals(field)) note(request, AuditAction.FIELD_UPDATE, after, field);
        }
        for (Field gone : old.values()) note(request, AuditAction.FIELD_DELETE, after, gone);
    }

    private static Map<String, Field> fields(CollectionSchema collection) {
        var fields = new LinkedHashMap<String, Field>();
        for (Field field : collection.fields()) fields.put(field.id(), field);
        return fields;
    }

    private void note(Request request, AuditAction action, CollectionSchema collection, Field field) {
        audit.note(
                request,
                action,
                collection,
                field.name(),
                AuditDetails.of("type", field.type().wireName()));
    }

    /// Fields are told of one by one.
    private static Value.Members document(CollectionSchema collection) {
        var members = new LinkedHashMap<>(
                CollectionDocuments.write(collection, Secrets.LEFT_OUT).members());
        members.keySet().removeAll(Set.of("fields", "updated"));
        return new Value.Members(members);
    }
}
