package dev.ferritedb.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/// Posts of the members of organisations: 500 users in 100 organisations, three permissions each, and as many
/// posts as asked for. The same records each time.
final class PostsSample {
    static final int USERS = 500;
    static final int ORGANIZATIONS = 100;

    /// Who signs in: the first user.
    static final String EMAIL = "user0@example.com";

    static final String PASSWORD = "granite-lantern-42-orbit";

    /// `ORGANIZATIONS_PER_USER` permissions, one for each organisation that a user belongs to.
    private static final int ORGANIZATIONS_PER_USER = 3;

    private static final String[] ROLES = {"reader", "writer", "owner"};
    private static final String[] SYLLABLES = {"ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "ri", "su"};
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TITLE_WORDS = 5;
    private static final int DESCRIPTION_WORDS = 40;

    /// How many words there are: a post holds a given one in 45 cases of 1,000.
    static final int WORDS = 1_000;

    static final String COLLECTIONS = """
            {"collections": [
              {"id": "pbc_organizations", "name": "organizations", "type": "base", "listRule": "", "viewRule": "",
               "createRule": "@request.auth.id != ''",
               "fields": [{"name": "name", "type": "text", "required": true}]},
              {"name": "users", "type": "auth", "listRule": "", "viewRule": "",
               "fields": [
                 {"name": "organization", "type": "relation", "collectionId": "pbc_organizations", "maxSelect": 1},
                 {"name": "organizations", "type": "relation", "collectionId": "pbc_organizations", "maxSelect": 3}],
               "indexes": ["CREATE INDEX idx_users_organization ON users (organization)"]},
              {"id": "pbc_permissions", "name": "permissions", "type": "base", "listRule": "", "viewRule": "",
               "fields": [
                 {"name": "user", "type": "relation", "collectionId": "_pb_users_auth_", "maxSelect": 1, "required": true},
                 {"name": "organization", "type": "relation", "collectionId": "pbc_organizations", "maxSelect": 1,
                  "required": true},
                 {"name": "role", "type": "select", "values": ["reader", "writer", "owner"], "maxSelect": 1}],
               "indexes": [
                 "CREATE UNIQUE INDEX idx_permissions_user ON permissions (user, organization)",
                 "CREATE INDEX idx_permissions_organization ON permissions (organization)"]},
              {"id": "pbc_posts", "name": "posts", "type": "base", "listRule": "", "viewRule": "",
               "createRule": "@request.auth.id != ''",
               "fields": [
                 {"name": "title", "type": "text", "required": true},
                 {"name": "description", "type": "text"},
                 {"name": "author", "type": "relation", "collectionId": "_pb_users_auth_", "maxSelect": 1},
                 {"name": "organization", "type": "relation", "collectionId": "pbc_organizations", "maxSelect": 1},
                 {"name": "public", "type": "bool"},
                 {"name": "created", "type": "autodate", "onCreate": true},
                 {"name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true}],
               "indexes": [
                 "CREATE INDEX idx_posts_author ON posts (author, created)",
                 "CREATE INDEX idx_posts_organization ON posts (organization, created)",
                 "CREATE INDEX idx_posts_public ON posts (public, created)",
                 "CREATE INDEX idx_posts_created ON posts (created)"]}]}
            """;

    private final Random random = new Random(42);
    private final int posts;

    PostsSample(int posts) {
        this.posts = posts;
    }

    int posts() {
        return posts;
    }

    /// @param number from 0
    static String postId(int number) {
        return id("post", number);
    }

    static String organizationId(int number) {
        return id("org", number);
    }

    /// @param number from 0 to [#WORDS]
    static String word(int number) {
        return SYLLABLES[number / 100 % 10] + SYLLABLES[number / 10 % 10] + SYLLABLES[number % 10];
    }

    /// A post by the first user, without an id.
    static String newPost(int number) {
        return "{\"title\": \"New " + number + "\", \"description\": \"Written while others read.\", \"author\": \""
                + id("user", 0) + "\", \"organization\": \"" + organizationId(0) + "\", \"public\": true}";
    }

    static String newOrganization(int number) {
        return "{\"name\": \"New " + number + "\"}";
    }

    /// A file for each collection, an object a line, in the order in which they can be imported.
    void write(Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("organizations"))) {
            for (int i = 0; i < ORGANIZATIONS; i++) {
                out.write("{\"id\": \"" + organizationId(i) + "\", \"name\": \"Organization " + i + "\"}\n");
            }
        }
        try (BufferedWriter users = Files.newBufferedWriter(folder.resolve("users"));
                BufferedWriter permissions = Files.newBufferedWriter(folder.resolve("permissions"))) {
            for (int i = 0; i < USERS; i++) writeUser(i, users, permissions);
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("posts"))) {
            for (int i = 0; i < posts; i++) out.write(post(i));
        }
    }

    static final String[] FILES = {"organizations", "users", "permissions", "posts"};

    private static void writeUser(int number, BufferedWriter users, BufferedWriter permissions) throws IOException {
        String user = id("user", number);
        var member = new StringBuilder();
        for (int i = 0; i < ORGANIZATIONS_PER_USER; i++) {
            String organization = organizationOf(number, i);
            member.append(i == 0 ? "" : ", ").append('"').append(organization).append('"');
            permissions.write("{\"id\": \"" + id("perm", number * ORGANIZATIONS_PER_USER + i) + "\", \"user\": \""
                    + user + "\", \"organization\": \"" + organization + "\", \"role\": \"" + ROLES[i] + "\"}\n");
        }
        // Hashing takes long, and nobody signs in as the others.
        String password = number == 0 ? "\", \"password\": \"" + PASSWORD : "";
        users.write("{\"id\": \"" + user + "\", \"email\": \"user" + number + "@example.com" + password
                + "\", \"name\": \"User " + number + "\", \"organization\": \"" + organizationOf(number, 0)
                + "\", \"organizations\": [" + member + "]}\n");
    }

    private static String organizationOf(int user, int which) {
        return organizationId((user + which * 37) % ORGANIZATIONS);
    }

    private String post(int number) {
        int author = random.nextInt(USERS);
        String organization = organizationOf(author, random.nextInt(ORGANIZATIONS_PER_USER));
        String created = DATE.format(FIRST.plus(Duration.ofMinutes(number)));
        return "{\"id\": \"" + postId(number) + "\", \"title\": \"" + words(TITLE_WORDS) + "\", \"description\": \""
                + words(DESCRIPTION_WORDS) + "\", \"author\": \"" + id("user", author) + "\", \"organization\": \""
                + organization + "\", \"public\": " + random.nextBoolean() + ", \"created\": \"" + created
                + "\", \"updated\": \"" + created + "\"}\n";
    }

    private String words(int count) {
        var words = new StringBuilder();
        for (int i = 0; i < count; i++) words.append(i == 0 ? "" : " ").append(word(random.nextInt(WORDS)));
        return words.toString();
    }

    private static String id(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix + "0".repeat(15 - prefix.length() - digits.length()) + digits;
    }
}
