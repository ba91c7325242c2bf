/// JSON text to the ports' values and back.
package dev.ferritedb.json;
