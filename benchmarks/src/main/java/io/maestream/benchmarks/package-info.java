/** Benchmarks and their tables. */
package io.maestream.benchmarks;
