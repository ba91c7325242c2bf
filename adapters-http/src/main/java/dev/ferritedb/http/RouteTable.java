package dev.ferritedb.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// All routes, as a tree of path segments. A literal segment is preferred to a variable one, whatever came first.
final class RouteTable {
    /// A route and what its variable parts are in one path, in the template's order.
    record Match(Route route, String[] parts) {}

    private final Node root = new Node();

    RouteTable add(String method, String template, Route.Action action) {
        Node node = root;
        String[] segments = template.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.endsWith("...}")) {
                if (i != segments.length - 1)
                    throw new IllegalArgumentException("only the last part may take all: " + template);
                node = node.rest = node.rest == null ? new Node() : node.rest;
            } else if (segment.startsWith("{")) {
                node = node.variable = node.variable == null ? new Node() : node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.routes.putIfAbsent(method, new Route(method, template, action)) != null) {
            throw new IllegalArgumentException("two routes for " + method + " " + template);
        }
        return this;
    }

    /// @param segments of the path, decoded
    Optional<Match> find(String method, String[] segments) {
        var parts = new String[segments.length];
        return root.find(method, segments, 0, parts, 0);
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, Route> routes = new HashMap<>(4);

        @SuppressWarnings("NullAway") // absent in most nodes; never leaves this class
        Node variable = null;

        @SuppressWarnings("NullAway")
        Node rest = null;

        Optional<Match> find(String method, String[] segments, int at, String[] parts, int count) {
            if (at == segments.length) return match(method, parts, count);
            Node literal = literals.get(segments[at]);
            if (literal != null) {
                Optional<Match> match = literal.find(method, segments, at + 1, parts, count);
                if (match.isPresent()) return match;
            }
            if (variable != null && !segments[at].isEmpty()) {
                parts[count] = segments[at];
                Optional<Match> match = variable.find(method, segments, at + 1, parts, count + 1);
                if (match.isPresent()) return match;
            }
            if (rest == null) return Optional.empty();
            parts[count] = String.join("/", Arrays.asList(segments).subList(at, segments.length));
            return rest.match(method, parts, count + 1);
        }

        private Optional<Match> match(String method, String[] parts, int count) {
            Route route = routes.get(method);
            return route == null ? Optional.empty() : Optional.of(new Match(route, Arrays.copyOf(parts, count)));
        }
    }
}
