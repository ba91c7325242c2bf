package dev.ferritedb.kernel.realtime;

import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.schema.AutogeneratePattern;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// The clients that are connected and what they have subscribed to. A client is whoever its last subscription's
/// token stands for at the moment of an event: a token that is revoked or expires makes a guest of it.
public final class RealtimeService {
    /// Each costs two waiting threads and a socket: about 20 KB.
    public static final int CLIENTS_MAX = 10_000;

    private static final AutogeneratePattern CLIENT_ID = AutogeneratePattern.of("[a-zA-Z0-9]{40}");

    private final RecordStore store;
    private final Authenticator authenticator;
    private final JsonDocuments json;
    private final RandomGenerator random;
    private final int clientsMax;
    private final Map<String, RealtimeClient> clients = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    public RealtimeService(RecordStore store, Authenticator authenticator, JsonDocuments json, RandomGenerator random) {
        this(store, authenticator, json, random, CLIENTS_MAX);
    }

    RealtimeService(
            RecordStore store,
            Authenticator authenticator,
            JsonDocuments json,
            RandomGenerator random,
            int clientsMax) {
        this.store = store;
        this.authenticator = authenticator;
        this.json = json;
        this.random = random;
        this.clientsMax = clientsMax;
    }

    /// A new client, with its first message on the way. Whoever connects it disconnects it. Refuses with
    /// `Unavailable` (`too_many_clients`).
    ///
    /// @param cut breaks the connection at once when the client is too slow to be told anything; must not block
    public RealtimeClient connect(Origin origin, Runnable cut) {
        if (count.incrementAndGet() > clientsMax) {
            count.decrementAndGet();
            throw new Refusal(new Problem.Unavailable(
                    "too_many_clients", "Too many realtime clients are connected. Try again later."));
        }
        var client = new RealtimeClient(CLIENT_ID.generate(random), origin.address(), cut);
        clients.put(client.id(), client);
        client.send(new RealtimeMessage("PB_CONNECT", encoded(Map.of("clientId", Value.text(client.id())))));
        return client;
    }

    public void disconnect(RealtimeClient client) {
        client.end();
        if (clients.remove(client.id(), client)) count.decrementAndGet();
    }

    /// How many are connected.
    public int clients() {
        return count.get();
    }

    /// Takes what `body` names, `clientId` and `subscriptions`, in place of the client's topics before, and
    /// `token` in place of its credential. Refuses with `Invalid`: `invalid_input` with fields, or
    /// `invalid_realtime_client` for one that connected from another address; with `NotFound`
    /// (`realtime_client_not_found`); with `Forbidden` (`other_account`) for a client that is signed in
    /// otherwise.
    ///
    /// @param token the bare token of the request, empty for none
    public void subscribe(Origin origin, String token, Value.Members body) {
        Subscription subscription = Subscription.read(body, store.catalog());
        RealtimeClient client = find(subscription.clientId()).orElseThrow(RealtimeService::unknown);
        if (!client.address().equals(origin.address())) {
            throw new Refusal(Problem.Invalid.of("invalid_realtime_client", "Invalid realtime client."));
        }
        Optional<String> before = account(client.token());
        Optional<String> now = account(token);
        if (before.isPresent() && !before.equals(now)) {
            throw new Refusal(new Problem.Forbidden(
                    "other_account", "The current and the previous request authorization don't match."));
        }
        client.subscribe(subscription.topics(), now.isPresent() ? token : "");
    }

    private static Refusal unknown() {
        return new Refusal(new Problem.NotFound("realtime_client_not_found", "Missing or invalid client id."));
    }

    private Optional<RealtimeClient> find(String clientId) {
        return Optional.ofNullable(clients.get(clientId)).filter(client -> !client.isEnded());
    }

    private Optional<String> account(String token) {
        return authenticator
                .callerOf(token)
                .signedIn()
                .map(account -> account.collection().id() + "/" + account.id());
    }

    /// Sends to one client that waits for just that: it must have `topic`, which it then has no more, and have
    /// connected from the address of `origin`. A secret that travelled through another's hands reaches nobody else.
    ///
    /// @return whether it was sent
    public boolean answer(Origin origin, String clientId, String topic, Map<String, Value> data) {
        Optional<RealtimeClient> client =
                find(clientId).filter(found -> found.address().equals(origin.address()));
        return client.isPresent()
                && client.get().unsubscribe(topic)
                && client.get().send(new RealtimeMessage(topic, encoded(data)));
    }

    private String encoded(Map<String, Value> data) {
        return json.encode(new Value.Members(new LinkedHashMap<>(data))).encoded();
    }
}
