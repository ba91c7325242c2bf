package dev.ferritedb.ports.persistence;

/// @param appliedAt date text, empty while it is not applied
public record MigrationState(String name, String appliedAt) {
    public boolean applied() {
        return !appliedAt.isEmpty();
    }
}
