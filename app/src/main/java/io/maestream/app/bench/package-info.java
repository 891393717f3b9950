/** Benchmarks that a user can run: whole steps against a roofline, a peer, or another design. */
package io.maestream.app.bench;
