/// Sign-in through OAuth2 and OpenID Connect providers.
package dev.ferritedb.oauth2;
