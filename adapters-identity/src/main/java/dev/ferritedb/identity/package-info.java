/// Password hashing with Argon2id and signed tokens.
package dev.ferritedb.identity;
