package dev.ferritedb.http;

import java.util.concurrent.atomic.AtomicBoolean;

/// What all exchanges of one server share.
record Site(Authentication authentication, Cors cors, ClientAddress clientAddress, AtomicBoolean closing) {
    boolean draining() {
        return closing.get();
    }
}
