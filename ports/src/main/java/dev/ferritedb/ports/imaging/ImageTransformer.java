package dev.ferritedb.ports.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Makes an image smaller.
public interface ImageTransformer {
    /// Writes `source` in the size asked for. `size` is `WxH` with an optional `t`, `b` or `f`, one side may be 0.
    /// @return the media type written
    /// @throws dev.ferritedb.ports.problem.Refusal when it is no image of a known kind, or too large to be decoded
    String transform(InputStream source, String size, OutputStream target) throws IOException;
}
