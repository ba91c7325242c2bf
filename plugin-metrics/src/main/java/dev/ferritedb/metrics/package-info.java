/// Meters as Prometheus text.
package dev.ferritedb.metrics;
