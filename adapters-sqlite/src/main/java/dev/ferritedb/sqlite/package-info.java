/// The persistence ports on SQLite.
package dev.ferritedb.sqlite;
