package dev.ferritedb.cli.demo;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells whether a server that people reach still has the demo's doors open.
public final class DemoWarnings {
    private DemoWarnings() {}

    /// Which accounts still have the password that everyone knows. Takes a password check for each demo account that
    /// exists.
    public static List<DemoAccount> stillWithDemoPassword(Kernel kernel, PasswordHasher passwords) {
        return DemoAccount.ALL.stream()
                .filter(account -> hash(kernel, account)
                        .filter(hash -> passwords.verify(account.password(), hash))
                        .isPresent())
                .toList();
    }

    private static Optional<String> hash(Kernel kernel, DemoAccount account) {
        Optional<CollectionSchema> collection = kernel.schema().catalog().named(account.collection());
        if (collection.flatMap(CollectionSchema::auth).isEmpty()) return Optional.empty();
        var hashes = new ArrayList<String>();
        var query = new ListQuery(1, 1, "", "email = " + Json.write(Value.text(account.email())), true);
        kernel.records()
                .list(
                        Request.ofOperator(),
                        account.collection(),
                        query,
                        (row, _) -> hashes.add(row.text(row.collection().position("password"))));
        return hashes.stream().findFirst();
    }
}
