package dev.ferritedb.cli.demo;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.value.Value;
import java.util.List;

/// The collections, as the documents of the API. A relation's `collectionId` names its target; posts come after
/// users.
final class DemoCollections {
    private DemoCollections() {}

    static final String USERS = "users";
    static final String POSTS = "posts";

    /// Whoever may change an account of its own may not change the account's role, or each user could make an
    /// admin of himself. People register themselves; admins create accounts for others.
    private static final String USERS_DOCUMENT = """
            {
              "name": "users",
              "type": "auth",
              "listRule": "@request.auth.role = 'admin'",
              "viewRule": "id = @request.auth.id || @request.auth.role = 'admin'",
              "createRule": "@request.auth.role = 'admin' || (@request.context = 'registration' && @request.body.role:isset = false)",
              "updateRule": "(id = @request.auth.id && @request.body.role:changed = false) || @request.auth.role = 'admin'",
              "deleteRule": "@request.auth.role = 'admin'",
              "fields": [
                {"name": "role", "type": "select", "values": ["user", "editor", "admin"], "maxSelect": 1, "default": "user"},
                {"name": "first_name", "type": "text", "max": 100},
                {"name": "last_name", "type": "text", "max": 100},
                {"name": "avatar", "type": "file", "maxSelect": 1, "maxSize": 5242880,
                 "mimeTypes": ["image/jpeg", "image/png", "image/webp"]},
                {"name": "created", "type": "autodate", "onCreate": true, "onUpdate": false},
                {"name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true}
              ]
            }
            """;

    /// A post is written under one's own name, and its owner can't give it away: only an admin moves posts between
    /// people.
    private static final String POSTS_DOCUMENT = """
            {
              "name": "posts",
              "type": "base",
              "listRule": "published = true || @request.auth.id != ''",
              "viewRule": "published = true || owner_id = @request.auth.id || @request.auth.role = 'admin'",
              "createRule": "@request.auth.id != '' && (owner_id = @request.auth.id || @request.auth.role = 'admin')",
              "updateRule": "(owner_id = @request.auth.id && @request.body.owner_id:changed = false) || @request.auth.role = 'admin'",
              "deleteRule": "@request.auth.role = 'admin'",
              "fields": [
                {"name": "title", "type": "text", "required": true, "min": 1, "max": 255, "presentable": true},
                {"name": "content", "type": "text", "required": true, "min": 1, "max": 10000},
                {"name": "excerpt", "type": "text", "max": 500},
                {"name": "owner_id", "type": "relation", "required": true, "collectionId": "users", "maxSelect": 1,
                 "cascadeDelete": true},
                {"name": "published", "type": "bool"},
                {"name": "status", "type": "select", "values": ["draft", "published", "archived"], "maxSelect": 1,
                 "default": "draft"},
                {"name": "tags", "type": "json", "default": []},
                {"name": "featured_image", "type": "file", "maxSelect": 1, "maxSize": 10485760,
                 "mimeTypes": ["image/jpeg", "image/png", "image/webp"]},
                {"name": "published_at", "type": "date"},
                {"name": "created", "type": "autodate", "onCreate": true, "onUpdate": false},
                {"name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true}
              ]
            }
            """;

    static List<Value.Members> documents() {
        return List.of(document(USERS_DOCUMENT), document(POSTS_DOCUMENT));
    }

    private static Value.Members document(String json) {
        if (Json.read(json) instanceof Value.Members members) return members;
        throw new IllegalStateException("a collection is an object");
    }
}
