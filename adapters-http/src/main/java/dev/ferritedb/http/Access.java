package dev.ferritedb.http;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;

/// Who may call routes that no use case of the kernel guards.
final class Access {
    private Access() {}

    /// Refuses guests with `Unauthenticated`, others that are no superusers with `Forbidden`.
    static void superuser(Exchange exchange) {
        demand(Endpoint.Access.SUPERUSER, exchange.caller());
    }

    static void demand(Endpoint.Access access, Caller caller) {
        boolean guest = caller instanceof Caller.Guest;
        boolean fits = switch (access) {
            case EVERYONE -> true;
            case AUTHENTICATED -> !guest;
            case SUPERUSER -> caller.isSuperuser();
        };
        if (fits) return;
        throw new Refusal(guest ? Problem.Unauthenticated.missing() : Problem.Forbidden.onlySuperusers());
    }
}
