package dev.ferritedb.cli.demo;

import java.util.List;

/// An account of the demo. Its password is known to everyone.
///
/// @param role of users only; empty for the superuser
public record DemoAccount(
        String collection, String email, String password, String role, String firstName, String lastName) {

    static final String SUPERUSERS = "_superusers";
    static final String ADMIN_EMAIL = "admin@ferritedb.dev";
    static final String ALICE_EMAIL = "alice@example.com";
    static final String BOB_EMAIL = "bob@example.com";
    static final String CAROL_EMAIL = "carol@example.com";

    private static final String ADMIN_PASSWORD = "Admin123!";
    private static final String USER_PASSWORD = "Password123!";

    public static final List<DemoAccount> ALL = List.of(
            new DemoAccount(SUPERUSERS, ADMIN_EMAIL, ADMIN_PASSWORD, "", "", ""),
            new DemoAccount(DemoCollections.USERS, ADMIN_EMAIL, ADMIN_PASSWORD, "admin", "Ada", "Ferris"),
            new DemoAccount(DemoCollections.USERS, ALICE_EMAIL, USER_PASSWORD, "editor", "Alice", "Lindqvist"),
            new DemoAccount(DemoCollections.USERS, BOB_EMAIL, USER_PASSWORD, "user", "Bob", "Okafor"),
            new DemoAccount(DemoCollections.USERS, CAROL_EMAIL, USER_PASSWORD, "user", "Carol", "Marchetti"));

    /// For people: `superuser` or `user`.
    public String kind() {
        return collection.equals(SUPERUSERS) ? "superuser" : "user";
    }

    @Override
    public String toString() {
        return kind() + " " + email;
    }
}
