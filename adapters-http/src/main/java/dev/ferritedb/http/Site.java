package dev.ferritedb.http;

import dev.ferritedb.kernel.audit.Audit;
import java.util.concurrent.atomic.AtomicBoolean;

/// What all exchanges of one server share.
record Site(Authentication authentication, Cors cors, ClientAddress clientAddress, AtomicBoolean closing, Audit audit) {
    boolean draining() {
        return closing.get();
    }
}
