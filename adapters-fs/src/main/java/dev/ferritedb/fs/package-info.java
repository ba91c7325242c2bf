/// The file storage port on the local disk.
package dev.ferritedb.fs;
