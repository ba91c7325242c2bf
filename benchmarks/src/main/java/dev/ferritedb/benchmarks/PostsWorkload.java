package dev.ferritedb.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is asked of the [PostsSample]: lists of 20 and single records, by the first user.
final class PostsWorkload {
    private static final String POSTS = "/api/collections/posts/records";
    private static final String ORGANIZATIONS = "/api/collections/organizations/records";
    private static final int DIFFERENT_REQUESTS = 4_096;
    private static final int PAGES = 10;
    private static final long PAUSE_NANOS = 10_000_000;

    private static final String CONTAINS = "title ~ 'WORD' || description ~ 'WORD'";

    private final PostsSample sample;
    private final String token;

    PostsWorkload(PostsSample sample, String token) {
        this.sample = sample;
        this.token = token;
    }

    /// Operations that one list rule of the posts holds for.
    record Step(String listRule, List<Operation> operations) {}

    /// @param target so many a second, or 0
    /// @param beside what one more caller sends meanwhile, every 10 ms; empty for nothing
    record Operation(String name, int target, LoadDriver.Requests requests, List<LoadDriver.Requests> beside) {}

    List<Step> steps() {
        return List.of(
                new Step("", open()),
                new Step("public = true || author = @request.auth.id", ruled("own and public posts", 0, 0)),
                new Step(
                        "organization.permissions_via_organization.user ?= @request.auth.id",
                        ruled("nested multi-relation", 10, 500)),
                new Step(
                        "organization.permissions_via_organization.user != @request.auth.id",
                        ruled("nested multi-relation, each must match", 10, 500)),
                new Step(
                        "author.organizations.permissions_via_organization.user ?= @request.auth.id",
                        ruled("nested multi-relation, three steps", 10, 500)));
    }

    private List<Operation> open() {
        int lastPages = sample.posts() / 20 - PAGES;
        return List.of(
                operation("get by id", 20_000, different(i -> POSTS + "/" + PostsSample.postId(i))),
                list("list of 20", 5_000, false, "sort=-created"),
                list("list of 20, total", 600, true, "sort=-created"),
                list("list of 20 as they were created", 5_000, false, ""),
                list("list of 20 as they were created, total", 600, true, ""),
                beside(
                        list("list of 20, total, 100 creates/s elsewhere", 600, true, "sort=-created"),
                        number -> LoadDriver.post(ORGANIZATIONS, token, PostsSample.newOrganization(number))),
                beside(
                        list("list of 20, total, 100 creates/s in it", 0, true, "sort=-created"),
                        number -> LoadDriver.post(POSTS, token, PostsSample.newPost(number))),
                list(
                        "filter by an indexed relation, total",
                        600,
                        true,
                        "sort=-created&filter=" + encoded("organization = '" + PostsSample.organizationId(7) + "'")),
                list("filter by a bool, total", 600, true, "sort=-created&filter=" + encoded("public = true")),
                operation("deep page", 0, pages(lastPages, "sort=-created&skipTotal=1")),
                operation("deep page, total", 0, pages(lastPages, "sort=-created")),
                list("text contains", 0, false, "sort=-created&filter=" + encoded(contains(321))),
                list("text contains, total", 0, true, "sort=-created&filter=" + encoded(contains(321))),
                operation("text contains, another text each time", 0, texts("&skipTotal=1")),
                operation("text contains, another text each time, total", 0, texts("")),
                operation("the costliest text filter that is allowed", 0, costliestTexts()),
                list("expand one hop", 0, false, "sort=-created&expand=author"),
                list("expand two hops", 0, false, "sort=-created&expand=author.organization,organization"));
    }

    private List<Operation> ruled(String name, int targetWithTotal, int target) {
        return List.of(
                list("rule: " + name, target, false, "sort=-created"),
                list("rule: " + name + ", total", targetWithTotal, true, "sort=-created"));
    }

    private Operation list(String name, int target, boolean total, String query) {
        return operation(name, target, pages(0, total ? query : query + "&skipTotal=1"));
    }

    private static Operation operation(String name, int target, LoadDriver.Requests requests) {
        return new Operation(name, target, requests, List.of());
    }

    private static Operation beside(Operation operation, LoadDriver.Requests requests) {
        LoadDriver.Requests paced = number -> {
            LockSupport.parkNanos(PAUSE_NANOS);
            return requests.request(number);
        };
        return new Operation(operation.name(), operation.target(), operation.requests(), List.of(paced));
    }

    private LoadDriver.Requests pages(int before, String query) {
        var requests = new byte[PAGES][];
        for (int i = 0; i < PAGES; i++) requests[i] = get(POSTS + "?perPage=20&page=" + (before + i + 1) + "&" + query);
        return number -> requests[number % PAGES];
    }

    private LoadDriver.Requests texts(String query) {
        return number -> get(
                POSTS + "?perPage=20&sort=-created&filter=" + encoded(contains(number % PostsSample.WORDS)) + query);
    }

    /// Blanks are the most frequent characters, and nothing is found. What follows them is new each time.
    private LoadDriver.Requests costliestTexts() {
        return number -> {
            String nothing = " ZQ" + number;
            String filter = contained(4, "description", nothing)
                    + " || " + contained(4, "title", nothing)
                    + " || created ~ '-ZQ' || updated ~ '-ZQ'";
            return get(POSTS + "?perPage=20&sort=-created&filter=" + encoded(filter));
        };
    }

    private static String contained(int times, String field, String text) {
        return IntStream.range(0, times)
                .mapToObj(i -> field + " ~ '" + text + "-" + i + "'")
                .collect(Collectors.joining(" || "));
    }

    private static String contains(int word) {
        return CONTAINS.replace("WORD", PostsSample.word(word));
    }

    private LoadDriver.Requests different(IntFunction<String> target) {
        var random = new Random(42);
        var requests = new byte[DIFFERENT_REQUESTS][];
        for (int i = 0; i < requests.length; i++) requests[i] = get(target.apply(random.nextInt(sample.posts())));
        return number -> requests[number % requests.length];
    }

    private byte[] get(String target) {
        return LoadDriver.get(target, token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
