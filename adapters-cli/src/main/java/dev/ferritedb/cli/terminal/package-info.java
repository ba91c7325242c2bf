/// What every command says and how it ends: streams, tables, progress, exit codes.
package dev.ferritedb.cli.terminal;
