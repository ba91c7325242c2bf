/// The content of `seed` and `serve --demo`: two collections, five accounts, five posts. Source: FerriteDB's own
/// contract, section 7.
package dev.ferritedb.cli.demo;
