package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Finds an account by its e-mail or id.
record AccountFinder(Kernel kernel, CollectionSchema collection) {
    String id(String account) {
        List<String> ids = ids(account);
        if (ids.isEmpty()) throw new CommandFailure("there is no account '" + account + "' in " + collection.name());
        return ids.getFirst();
    }

    private List<String> ids(String account) {
        String quoted = Json.write(Value.text(account));
        var query = new ListQuery(1, 1, "", "id = " + quoted + " || email = " + quoted, true);
        var ids = new ArrayList<String>();
        kernel.records()
                .list(
                        Request.ofOperator(),
                        collection.name(),
                        query,
                        (row, _) -> ids.add(row.text(collection.position("id"))));
        return ids;
    }
}
