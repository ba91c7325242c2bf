package dev.ferritedb.kernel.realtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A client that is connected. One thread takes what is sent to it; any may send and end it. A client that does not
/// keep up is ended, and what waits for it dropped: it has to read anew what it missed.
public final class RealtimeClient {
    /// Source: the security checklist, realtime, as the next one.
    static final int WAITING_MAX = 1_024;

    static final int WAITING_CHARACTERS_MAX = 1 << 20;

    private final String id;
    private final String address;
    private final Runnable cut;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<RealtimeMessage> waiting = new ArrayDeque<>();
    private int waitingCharacters;
    private boolean ended;
    private volatile Set<String> topics = Set.of();
    private volatile String token = "";

    /// @param cut breaks a connection that takes nothing more
    RealtimeClient(String id, String address, Runnable cut) {
        this.id = id;
        this.address = address;
        this.cut = cut;
    }

    /// Known to the client alone; whoever else has it may subscribe and send for it, from the same address.
    public String id() {
        return id;
    }

    String address() {
        return address;
    }

    /// The credential of the last subscription, empty for a guest.
    String token() {
        return token;
    }

    /// Takes the place of all topics before.
    void subscribe(Set<String> newTopics, String newToken) {
        lock.lock();
        try {
            topics = newTopics;
            token = newToken;
        } finally {
            lock.unlock();
        }
    }

    /// @return whether it had that topic: of several callers one is told so
    boolean unsubscribe(String topic) {
        lock.lock();
        try {
            if (!topics.contains(topic)) return false;
            var rest = new HashSet<>(topics);
            rest.remove(topic);
            topics = Set.copyOf(rest);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @return false when the client is gone, or was too slow and is ended by this
    boolean send(RealtimeMessage message) {
        lock.lock();
        try {
            if (ended) return false;
            if (hasRoomFor(message)) {
                waiting.add(message);
                waitingCharacters += message.length();
                changed.signalAll();
                return true;
            }
            endLocked();
        } finally {
            lock.unlock();
        }
        cut.run();
        return false;
    }

    private boolean hasRoomFor(RealtimeMessage message) {
        return waiting.size() < WAITING_MAX && waitingCharacters + message.length() <= WAITING_CHARACTERS_MAX;
    }

    /// Waits for the next message.
    /// @return empty when none came within `atMost`, or the client was ended
    public Optional<RealtimeMessage> next(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && left > 0) left = changed.awaitNanos(left);
            RealtimeMessage message = waiting.poll();
            if (message != null) waitingCharacters -= message.length();
            return Optional.ofNullable(message);
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            endLocked();
        } finally {
            lock.unlock();
        }
    }

    private void endLocked() {
        ended = true;
        waiting.clear();
        waitingCharacters = 0;
        changed.signalAll();
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "RealtimeClient[" + topics.size() + " topics]";
    }
}
