package dev.ferritedb.kernel.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Ids of codes that were asked for under addresses that no account has. They are counted and age like real ones,
/// so that the answers don't tell which are. Bounded, and safe for concurrent use.
final class Decoys {
    private static final int KEPT_MAX = 10_000;

    private final InstantSource clock;
    private final Map<String, Decoy> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Decoy> eldest) {
            return size() > KEPT_MAX;
        }
    };

    Decoys(InstantSource clock) {
        this.clock = clock;
    }

    /// @param ended whether it stands for a code that too many wrong guesses have ended
    private record Decoy(String owner, Instant made, boolean ended) {}

    /// Another id for `owner`, or the newest one when there are `most` of them already.
    synchronized String next(String owner, int most, Duration lifetime, Supplier<String> freshId) {
        Instant now = clock.instant();
        List<String> live = byId.entrySet().stream()
                .filter(decoy -> decoy.getValue().owner.equals(owner)
                        && !decoy.getValue().ended
                        && decoy.getValue().made.plus(lifetime).isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        if (live.size() >= most) return live.getLast();
        String id = freshId.get();
        byId.put(id, new Decoy(owner, now, false));
        return id;
    }

    /// Keeps counting what is tried with `id` for `owner`, though no code stands behind it any more.
    synchronized void end(String owner, String id) {
        forget(owner);
        byId.put(id, new Decoy(owner, clock.instant(), true));
    }

    synchronized void forget(String owner) {
        byId.values().removeIf(decoy -> decoy.owner.equals(owner));
    }

    /// Whose decoy `id` is, when it is the owner's newest and not too old.
    synchronized Optional<String> owner(String id, Duration lifetime) {
        Optional<Decoy> found = Optional.ofNullable(byId.get(id))
                .filter(decoy -> decoy.made.plus(lifetime).isAfter(clock.instant()));
        return found.filter(decoy -> byId.entrySet().stream()
                        .filter(other -> other.getValue().owner.equals(decoy.owner))
                        .reduce((_, later) -> later)
                        .filter(newest -> newest.getKey().equals(id))
                        .isPresent())
                .map(Decoy::owner);
    }
}
