/// The HTTP surface: it parses, calls the kernel and renders, and holds no rule of its own.
package dev.ferritedb.http;
