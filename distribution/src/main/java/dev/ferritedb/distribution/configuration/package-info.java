/// The configuration: `ferritedb.toml`, the environment and flags, strictly read into typed settings.
package dev.ferritedb.distribution.configuration;
