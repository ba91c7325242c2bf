/// The program: the one composition root, its configuration and the loading of plug-ins.
package dev.ferritedb.distribution;
