package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.Optional;

/// Finds the collections whose records can sign in.
final class AuthCollections {
    private AuthCollections() {}

    /// Refuses with `NotFound` (`auth_collection_not_found`) what is unknown or no auth collection.
    static CollectionSchema find(CollectionCatalog catalog, String nameOrId) {
        return catalog.find(nameOrId)
                .filter(found -> found.auth().isPresent())
                .orElseThrow(() -> new Refusal(new Problem.NotFound(
                        "auth_collection_not_found", "Missing or invalid auth collection context.")));
    }

    /// The account with that address.
    static Optional<StoredRecord> byEmail(RecordReads reads, CollectionSchema collection, String email) {
        return collection.field("email").flatMap(field -> reads.findBy(collection, field, email));
    }

    /// @param nameOrId empty for any collection
    static boolean isOf(StoredRecord account, String nameOrId, CollectionCatalog catalog) {
        return nameOrId.isEmpty()
                || find(catalog, nameOrId).id().equals(account.collection().id());
    }
}
