package dev.ferritedb.kernel.settings;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The settings that superusers change while the server runs. What is in force is kept in memory: asking costs no
/// statement, and a change binds the next request. Source of the document: the wire contract, section 14.
public final class SettingsService {
    private final RecordStore store;
    private volatile Known known = Known.of(Optional.empty());

    public SettingsService(RecordStore store) {
        this.store = store;
    }

    /// @param stored as the store gave it
    private record Known(Optional<Value.Members> stored, Value.Members settings, BatchSettings batch) {
        static Known of(Optional<Value.Members> stored) {
            Value.Members settings = stored.map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT);
            return new Known(stored, settings, SettingsDocument.batch(settings));
        }
    }

    private Known known() {
        Optional<Value.Members> stored = store.settings();
        Known current = known;
        if (current.stored.equals(stored)) return current;
        Known now = Known.of(stored);
        known = now;
        return now;
    }

    /// Whether and how batches are taken.
    public BatchSettings batch() {
        return known().batch;
    }

    /// All settings but the secrets. For superusers.
    public Value.Members view(Request request) {
        request.demandSuperuser();
        return SettingsDocument.withoutSecrets(known().settings);
    }

    /// Lays `patch` over the settings, member by member. For superusers; refuses with `Invalid`
    /// (`settings_invalid`) what can't be a setting.
    /// @return all settings but the secrets
    public Value.Members update(Request request, Value.Members patch) {
        request.demandSuperuser();
        Value.Members updated = store.write(writes -> {
            Value.Members before =
                    writes.settings().map(SettingsDocument::completed).orElse(SettingsDocument.DEFAULT);
            var problems = new ArrayList<FieldProblem>();
            Value.Members after = SettingsDocument.over(before, patch, problems);
            problems.addAll(SettingsValidator.problems(after));
            demandNone(problems);
            writes.keepSettings(after);
            return after;
        });
        return SettingsDocument.withoutSecrets(updated);
    }

    /// Of each place only the first problem is told.
    private static void demandNone(List<FieldProblem> problems) {
        if (problems.isEmpty()) return;
        var first = new LinkedHashMap<List<String>, FieldProblem>();
        for (FieldProblem problem : problems) first.putIfAbsent(problem.path(), problem);
        throw new Refusal(new Problem.Invalid(
                "settings_invalid",
                "An error occurred while validating the submitted data.",
                List.copyOf(first.values())));
    }
}
