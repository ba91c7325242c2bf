/// Micro-benchmarks, the load driver, and a bare server of the same work to compare with.
package dev.ferritedb.benchmarks;
