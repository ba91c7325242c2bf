package dev.ferritedb.benchmarks;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// The requests that both servers get: the same bytes.
final class Workload {
    private static final String RECORDS = "/api/collections/bench/records";
    private static final String BODY =
            "The quick brown fox jumps over the lazy dog. ".repeat(4).strip();

    private final byte[][] finds;
    private final byte[][] lists;
    private final byte[][] countedLists;
    private final AtomicInteger created = new AtomicInteger();
    private final int rows;

    Workload(int rows) {
        this.rows = rows;
        var random = new Random(42);
        finds = new byte[4_096][];
        for (int i = 0; i < finds.length; i++) finds[i] = LoadDriver.get(RECORDS + "/" + id(random.nextInt(rows)));
        int pages = Math.max(1, Math.min(20, rows / 30));
        lists = new byte[pages][];
        countedLists = new byte[pages][];
        for (int i = 0; i < pages; i++) {
            String target = RECORDS + "?page=" + (i + 1) + "&perPage=30";
            countedLists[i] = LoadDriver.get(target);
            lists[i] = LoadDriver.get(target + "&skipTotal=1");
        }
    }

    int rows() {
        return rows;
    }

    byte[] find(int index) {
        return finds[index % finds.length];
    }

    /// As [#find], by somebody who is signed in.
    LoadDriver.Requests findAs(String token) {
        byte[][] signedIn = new byte[finds.length][];
        var random = new Random(42);
        for (int i = 0; i < finds.length; i++) {
            signedIn[i] = LoadDriver.get(RECORDS + "/" + id(random.nextInt(rows)), token);
        }
        return index -> signedIn[index % signedIn.length];
    }

    byte[] list(int index) {
        return lists[index % lists.length];
    }

    byte[] countedList(int index) {
        return countedLists[index % countedLists.length];
    }

    /// With an id of its own choice, so that [#find] knows it.
    byte[] fill(int index) {
        return LoadDriver.post(RECORDS, json("\"id\":\"" + id(index) + "\",", index));
    }

    byte[] create(int index) {
        return LoadDriver.post(RECORDS, json("", created.incrementAndGet()));
    }

    byte[] createAlone(int index) {
        return LoadDriver.post("/alone/bench/records", json("", created.incrementAndGet()));
    }

    private static String json(String id, int number) {
        return "{" + id + "\"title\":\"Entry " + number + "\",\"body\":\"" + BODY + "\",\"count\":" + number
                + ",\"done\":" + (number % 2 == 0) + "}";
    }

    private static String id(int number) {
        String digits = Integer.toString(number);
        return "row" + "0".repeat(12 - digits.length()) + digits;
    }
}
