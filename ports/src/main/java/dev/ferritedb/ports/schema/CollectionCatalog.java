package dev.ferritedb.ports.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All collections at one moment. `version` grows with each committed schema change, whichever process made it.
public final class CollectionCatalog {
    private final long version;
    private final List<CollectionSchema> collections;
    private final Map<String, CollectionSchema> byId;
    private final Map<String, CollectionSchema> byName;

    public CollectionCatalog(long version, List<CollectionSchema> collections) {
        this.version = version;
        this.collections = List.copyOf(collections);
        var ids = new HashMap<String, CollectionSchema>();
        var names = new HashMap<String, CollectionSchema>();
        for (CollectionSchema collection : this.collections) {
            ids.put(collection.id(), collection);
            names.put(collection.name().toLowerCase(Locale.ROOT), collection);
            names.putIfAbsent(collection.name(), collection);
        }
        this.byId = Map.copyOf(ids);
        this.byName = Map.copyOf(names);
    }

    public long version() {
        return version;
    }

    /// In creation order.
    public List<CollectionSchema> collections() {
        return collections;
    }

    public Optional<CollectionSchema> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// @param name in any case
    public Optional<CollectionSchema> named(String name) {
        CollectionSchema exact = byName.get(name);
        return exact != null ? Optional.of(exact) : Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /// @param nameOrId a path segment: a name in any case, or an id
    public Optional<CollectionSchema> find(String nameOrId) {
        return named(nameOrId).or(() -> byId(nameOrId));
    }
}
