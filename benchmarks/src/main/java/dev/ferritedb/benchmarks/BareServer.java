package dev.ferritedb.benchmarks;

import dev.ferritedb.benchmarks.BareStore.Item;
import dev.ferritedb.benchmarks.BareStore.Reader;
import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.json.JsonName;
import dev.ferritedb.ports.record.DateText;
import dev.ferritedb.ports.value.Value;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/// The bare-metal baseline: the least that answers the same requests with the same bytes on Helidon and SQLite. No
/// accounts, rules, validation, schema, change feed, limits or request ids.
final class BareServer implements AutoCloseable {
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final JsonName ID = JsonName.of("id");
    private static final JsonName TITLE = JsonName.of("title");
    private static final JsonName BODY = JsonName.of("body");
    private static final JsonName COUNT = JsonName.of("count");
    private static final JsonName DONE = JsonName.of("done");
    private static final JsonName CREATED = JsonName.of("created");
    private static final JsonName UPDATED = JsonName.of("updated");
    private static final JsonName COLLECTION_ID = JsonName.of("collectionId");
    private static final JsonName COLLECTION_NAME = JsonName.of("collectionName");

    private final BareStore store;
    private final WebServer server;

    private BareServer(BareStore store, WebServer server) {
        this.store = store;
        this.server = server;
    }

    /// Arguments: the port and the folder of the database.
    static void main(String[] arguments) throws SQLException {
        BareServer bare = start(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        System.out.println("bare server on port " + bare.port());
    }

    /// @param port 0 for any
    static BareServer start(int port, Path folder) throws SQLException {
        var store =
                new BareStore(folder.resolve("bare.db"), Runtime.getRuntime().availableProcessors());
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .shutdownHook(false)
                .routing(routing -> routes(routing, store))
                .build()
                .start();
        return new BareServer(store, server);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        store.close();
    }

    private static void routes(HttpRouting.Builder routing, BareStore store) {
        routing.get("/healthz", (_, response) -> response.send("{}"))
                .get("/api/collections/bench/records/{id}", (request, response) -> find(store, request, response))
                .get("/api/collections/bench/records", (request, response) -> list(store, request, response))
                .post("/api/collections/bench/records", (request, response) -> {
                    Item item = item(request);
                    store.createInGroup(item);
                    created(item, response);
                })
                .post("/alone/bench/records", (request, response) -> {
                    Item item = item(request);
                    store.createAlone(item);
                    created(item, response);
                });
    }

    private static void find(BareStore store, ServerRequest request, ServerResponse response)
            throws SQLException, InterruptedException {
        JsonBuffer answer = JsonBuffer.wire(1_024);
        Reader reader = store.borrow();
        try {
            reader.find.setString(1, request.path().pathParameters().get("id"));
            try (ResultSet rows = reader.find.executeQuery()) {
                if (rows.next()) write(answer, rows);
            }
        } finally {
            store.giveBack(reader);
        }
        if (answer.length() == 0) response.status(Status.NOT_FOUND_404);
        send(answer, response);
    }

    private static void list(BareStore store, ServerRequest request, ServerResponse response)
            throws SQLException, InterruptedException {
        long page = Long.parseLong(request.query().first("page").orElse("1"));
        long perPage = Long.parseLong(request.query().first("perPage").orElse("30"));
        boolean counted = request.query().first("skipTotal").isEmpty();
        long total = -1;
        JsonBuffer answer = JsonBuffer.wire(16 * 1024);
        answer.object().name("items").array();
        Reader reader = store.borrow();
        try {
            if (counted) {
                try (ResultSet count = reader.total.executeQuery()) {
                    count.next();
                    total = count.getLong(1);
                }
            }
            reader.list.setLong(1, perPage);
            reader.list.setLong(2, (page - 1) * perPage);
            try (ResultSet rows = reader.list.executeQuery()) {
                while (rows.next()) write(answer, rows);
            }
        } finally {
            store.giveBack(reader);
        }
        answer.endArray().name("page").number(page).name("perPage").number(perPage);
        answer.name("totalItems").number(total);
        answer.name("totalPages").number(total < 0 ? -1 : (total + perPage - 1) / perPage);
        send(answer.endObject(), response);
    }

    private static Item item(ServerRequest request) throws IOException {
        byte[] bytes;
        try (InputStream in = request.content().inputStream()) {
            bytes = in.readAllBytes();
        }
        var body = (Value.Members) Json.readFirst(bytes);
        String now = DateText.of(Instant.now());
        String id = body.get("id") instanceof Value.Text given ? given.text() : newId();
        return new Item(
                id,
                ((Value.Text) body.get("title")).text(),
                ((Value.Text) body.get("body")).text(),
                ((Value.Number) body.get("count")).number(),
                ((Value.Truth) body.get("done")).truth(),
                now,
                now);
    }

    private static String newId() {
        Random random = ThreadLocalRandom.current();
        var id = new StringBuilder(15);
        for (int i = 0; i < 15; i++) id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        return id.toString();
    }

    private static void created(Item item, ServerResponse response) {
        JsonBuffer answer = JsonBuffer.wire(1_024).object();
        answer.name(BODY).text(item.body());
        answer.name(COLLECTION_ID).text("pbc_1").name(COLLECTION_NAME).text("bench");
        answer.name(COUNT).number(item.count()).name(CREATED).text(item.created());
        answer.name(DONE).truth(item.done()).name(ID).text(item.id());
        answer.name(TITLE).text(item.title()).name(UPDATED).text(item.updated());
        send(answer.endObject(), response);
    }

    private static void write(JsonBuffer answer, ResultSet row) throws SQLException {
        answer.object().name(BODY).text(row.getString(3));
        answer.name(COLLECTION_ID).text("pbc_1").name(COLLECTION_NAME).text("bench");
        answer.name(COUNT).number(row.getDouble(4)).name(CREATED).text(row.getString(6));
        answer.name(DONE).truth(row.getBoolean(5)).name(ID).text(row.getString(1));
        answer.name(TITLE).text(row.getString(2)).name(UPDATED).text(row.getString(7));
        answer.endObject();
    }

    private static void send(JsonBuffer answer, ServerResponse response) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        answer.newline();
        response.send(answer.backing(), 0, answer.length());
    }
}
