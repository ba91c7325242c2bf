/// The mail port: over SMTP, or into a folder while developing.
package dev.ferritedb.mail;
