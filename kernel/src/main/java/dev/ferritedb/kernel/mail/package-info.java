/// The mails that accounts get.
package dev.ferritedb.kernel.mail;
