/// The commands: each parses, calls the kernel and prints, and holds no rule of its own.
package dev.ferritedb.cli;
