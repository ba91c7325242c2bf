package dev.ferritedb.ports.audit;

import java.time.Instant;
import java.util.Objects;

/// Which entries are wanted. Empty text lets every one through.
///
/// @param actor as an entry spells it; without a slash, the id of an account of any collection
/// @param from the first moment that counts
/// @param before the first moment that no longer counts
/// @param counted whether the total is wanted
/// @param limit at most so many entries, 1 to 1000
public record AuditQuery(
        String actor,
        String action,
        String resource,
        Instant from,
        Instant before,
        Order order,
        boolean counted,
        int limit,
        long offset) {
    public static final int LIMIT_MAX = 1000;

    /// The newest thousand.
    public static final AuditQuery NEWEST =
            new AuditQuery("", "", "", Instant.MIN, Instant.MAX, Order.NEWEST_FIRST, true, LIMIT_MAX, 0);

    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    public AuditQuery {
        Objects.requireNonNull(actor);
        Objects.requireNonNull(action);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(from);
        Objects.requireNonNull(before);
        Objects.requireNonNull(order);
        if (limit < 1 || limit > LIMIT_MAX) throw new IllegalArgumentException("limit " + limit);
        if (offset < 0) throw new IllegalArgumentException("offset " + offset);
    }

    public AuditQuery by(String newActor) {
        return new AuditQuery(newActor, action, resource, from, before, order, counted, limit, offset);
    }

    public AuditQuery of(String newAction) {
        return new AuditQuery(actor, newAction, resource, from, before, order, counted, limit, offset);
    }

    public AuditQuery on(String newResource) {
        return new AuditQuery(actor, action, newResource, from, before, order, counted, limit, offset);
    }

    public AuditQuery between(Instant newFrom, Instant newBefore) {
        return new AuditQuery(actor, action, resource, newFrom, newBefore, order, counted, limit, offset);
    }

    public AuditQuery in(Order newOrder) {
        return new AuditQuery(actor, action, resource, from, before, newOrder, counted, limit, offset);
    }

    public AuditQuery page(int newLimit, long newOffset) {
        return new AuditQuery(actor, action, resource, from, before, order, counted, newLimit, newOffset);
    }

    public AuditQuery uncounted() {
        return new AuditQuery(actor, action, resource, from, before, order, false, limit, offset);
    }
}
