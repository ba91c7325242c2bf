package dev.ferritedb.imaging;

import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import java.util.List;

/// The place of thumbnails. It loads and adds nothing yet: an image transformer is to come.
public final class ImageTransformsPlugin implements Plugin {
    @Override
    public String name() {
        return "image-transforms";
    }

    @Override
    public List<Extension> extensions() {
        return List.of();
    }
}
