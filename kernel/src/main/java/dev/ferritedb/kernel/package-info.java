/// The use cases of FerriteDB. Everything outside comes through a port.
package dev.ferritedb.kernel;
