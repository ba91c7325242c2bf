/// Records in and out of files: JSON, one JSON document a line, CSV.
package dev.ferritedb.cli.transfer;
