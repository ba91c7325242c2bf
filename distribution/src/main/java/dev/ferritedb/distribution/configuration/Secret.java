package dev.ferritedb.distribution.configuration;

/// A value that no log and no page prints.
public record Secret(String value) {
    @Override
    public String toString() {
        return "Secret[…]";
    }
}
