package dev.ferritedb.cli.demo;

import java.util.List;

/// A post of the demo.
///
/// @param publishedAt date text, empty for a draft
record DemoPost(
        String id,
        String title,
        String excerpt,
        String ownerEmail,
        List<String> tags,
        String publishedAt,
        String content) {

    boolean published() {
        return !publishedAt.isEmpty();
    }

    static final List<DemoPost> ALL = List.of(
            new DemoPost(
                    "demopostwelcome",
                    "Welcome to FerriteDB",
                    "What is running here, and three things to try in your first five minutes.",
                    DemoAccount.ADMIN_EMAIL,
                    List.of("welcome", "getting-started"),
                    "2026-01-05 09:00:00.000Z",
                    """
                    You are reading a record of the posts collection, served by a single process that keeps its data in one \
                    folder. There is no database server to install and nothing to configure first: the same program answers \
                    the API, checks who may see what, and shows the admin pages.

                    Three things are worth trying now. Open the admin pages at /admin and sign in as the superuser whose \
                    e-mail and password the start-up message printed; you will find this very text under posts. Then ask for \
                    it over HTTP with a plain GET of /api/collections/posts/records and see that the draft is missing, because \
                    a guest is shown only what is published. Finally change the title of this post in the admin pages and ask \
                    again.

                    Everything you see here is ordinary content. When you have seen enough, delete the demo accounts, or start \
                    with an empty data folder, and build your own collections.
                    """),
            new DemoPost(
                    "demopostcollect",
                    "Collections: a schema you can change while people use it",
                    "Fourteen field types, three kinds of collections, and no migration scripts.",
                    DemoAccount.ALICE_EMAIL,
                    List.of("collections", "schema"),
                    "2026-01-12 09:00:00.000Z",
                    """
                    A collection is a named set of records that share their fields. Each field has a type, and the type decides \
                    what is accepted: text with a pattern and a length, numbers with bounds, dates, choices from a list, files, \
                    relations to other records, whole JSON documents and points on the map.

                    There are three kinds. Base collections hold plain records, like these posts. Auth collections hold accounts: \
                    they add an e-mail, a password and everything that signing in needs. View collections are read-only and show \
                    the result of a query, which is handy for statistics.

                    You change a collection while the server runs. Renaming a field keeps its values, because fields are known by \
                    an id and not by their name. Turning a single choice into several converts what is stored. Every such change \
                    happens in one transaction: either all of it is done, or nothing is, and readers never see a table that is \
                    half of each.

                    Try it: add a field called subtitle to posts, and fill it in.
                    """),
            new DemoPost(
                    "demopostaccrule",
                    "Access rules, or who may do what",
                    "Five short expressions a collection replace most of the back-end code you would write.",
                    DemoAccount.BOB_EMAIL,
                    List.of("rules", "security"),
                    "2026-01-19 09:00:00.000Z",
                    """
                    Every collection has five rules: for listing, viewing, creating, updating and deleting. A rule that is not set \
                    means that only superusers may; an empty one means that everybody may; anything else is an expression that \
                    must be true for the record in question.

                    The rules of this collection are a good example to read. Guests see a post once it is published, and people \
                    who have signed in find drafts in the list too. Only its owner or an admin may change a post, and an owner can \
                    not hand it to somebody else, because the rule asks that owner_id is not changed by the request. Without that \
                    last part, a rule that looks at the stored owner would let people give their records away, or plant them on \
                    others.

                    The same idea guards roles: you may edit your own account, but not your role in it. Whenever a field decides \
                    what somebody may do, write down who may change that field.
                    """),
            new DemoPost(
                    "demopostadvance",
                    "Advanced features: realtime, hooks and plug-ins",
                    "A draft about what to look at once the basics work. Not published yet.",
                    DemoAccount.ALICE_EMAIL,
                    List.of("realtime", "plugins", "draft"),
                    "",
                    """
                    This post is a draft: its published switch is off, so guests can not see it, while Alice, who wrote it, can. \
                    Sign in as different people and look for it; that is the quickest way to understand what the rules of this \
                    collection say.

                    It is going to be about the things you need after the first week. Changes are numbered in the order in which \
                    they were committed, so a client that lost its connection can ask for what happened since, instead of loading \
                    everything again. Events obey the same rules as reads: nobody is told about a record that a GET would not show.

                    Features that not everybody needs live in plug-ins. Each is a folder of JAR files with a class loader of its \
                    own; delete the folder and the feature is gone. A plug-in may look at records before they are written, add \
                    routes of its own, or run jobs now and then.

                    To do before publishing: add a short example of each, and ask Carol to proof-read.
                    """),
            new DemoPost(
                    "demopostrestapi",
                    "The REST API in one page",
                    "List, filter, sort, create and change records with nothing but curl.",
                    DemoAccount.CAROL_EMAIL,
                    List.of("api", "http"),
                    "2026-02-02 09:00:00.000Z",
                    """
                    All records of all collections are reached in the same way, so what you learn here holds for your own data. \
                    GET /api/collections/posts/records lists; page and perPage walk through long lists, sort=-published_at puts the \
                    newest first, and filter narrows: title ~ 'rules' finds the posts with that word in their title.

                    To see one record add its id to the path. To create one, POST an object to the same address; PATCH changes \
                    just the fields you send, DELETE removes the record. What comes back is the record as you may see it, and an \
                    error names every field that is wrong, with a code that programs can rely on.

                    Who you are is told by a token. POST an e-mail as identity and a password to \
                    /api/collections/users/auth-with-password, then send the token of the answer in the Authorization header of \
                    what follows. Existing client libraries for this kind of server work unchanged.
                    """));
}
