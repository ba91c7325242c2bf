/// File storage on S3.
package dev.ferritedb.s3;
