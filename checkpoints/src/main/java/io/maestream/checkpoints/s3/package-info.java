/** Checkpoints in an S3-compatible object store; the only place that knows Amazon's SDK. */
package io.maestream.checkpoints.s3;
