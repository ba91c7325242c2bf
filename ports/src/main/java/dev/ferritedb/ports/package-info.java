/// The boundary of FerriteDB: the model, the port interfaces and the plug-in API. It needs the JDK alone.
package dev.ferritedb.ports;
