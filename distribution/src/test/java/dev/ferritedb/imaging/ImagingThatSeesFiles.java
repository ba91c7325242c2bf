package dev.ferritedb.imaging;

import dev.ferritedb.fs.LocalFileStore;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record ImagingThatSeesFiles(LocalFileStore other) {}
