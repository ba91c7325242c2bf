/// Finds plug-ins in their folder, each in a class loader of its own, and installs what they add.
package dev.ferritedb.distribution.plugin;
