package dev.ferritedb.kernel.settings;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One object of the settings, whose members are all there and of their kind.
record SettingsSection(Value.Members members, List<String> path) {

    static SettingsSection of(Value.Members settings, String name) {
        return new SettingsSection((Value.Members) settings.get(name), List.of(name));
    }

    SettingsSection section(String name) {
        return new SettingsSection((Value.Members) members.get(name), below(name));
    }

    String text(String name) {
        return ((Value.Text) members.get(name)).text();
    }

    boolean truth(String name) {
        return ((Value.Truth) members.get(name)).truth();
    }

    long whole(String name) {
        return (long) ((Value.Number) members.get(name)).number();
    }

    List<Value> items(String name) {
        return ((Value.Items) members.get(name)).items();
    }

    SettingsSection item(String name, int position) {
        List<String> itemPath = below(name);
        itemPath.add(Integer.toString(position));
        return new SettingsSection((Value.Members) items(name).get(position), itemPath);
    }

    FieldProblem problem(String name, String code, String message, Map<String, Object> params) {
        return new FieldProblem(below(name), code, message, params);
    }

    private List<String> below(String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
