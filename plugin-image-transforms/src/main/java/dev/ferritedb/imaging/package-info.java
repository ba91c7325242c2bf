/// Thumbnails of stored images.
package dev.ferritedb.imaging;
