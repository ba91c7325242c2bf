package dev.ferritedb.distribution.configuration;

/// One setting as it is in force.
///
/// @param value as text; `…` for a secret that is set
/// @param origin the file, the variable, `flag` or `default`
public record Entry(String key, String value, String origin) {}
