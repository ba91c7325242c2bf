/// What the log looks like, on standard error.
package dev.ferritedb.distribution.logging;
