package example.throwing;

import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import dev.ferritedb.ports.plugin.RecordHook;
import java.util.List;

/// Adds a hook, and then can't go on.
public final class ThrowingPlugin implements Plugin {
    @Override
    public String name() {
        return "throwing";
    }

    @Override
    public List<Extension> extensions() {
        return List.of((Extension.RecordHookFactory) settings -> new RecordHook() {}, (Extension.RecordHookFactory) settings -> {
            throw new IllegalArgumentException("the moon is full");
        });
    }
}
