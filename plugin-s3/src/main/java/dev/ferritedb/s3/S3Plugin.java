package dev.ferritedb.s3;

import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import java.util.List;

/// The place of file storage on S3. It loads and adds nothing yet: a file store is to come, so `storage.backend = "s3"`
/// is refused until then.
public final class S3Plugin implements Plugin {
    @Override
    public String name() {
        return "s3";
    }

    @Override
    public List<Extension> extensions() {
        return List.of();
    }
}
