/** What processes without a dashboard tell a monitor: meters, their scrape, and readiness. */
package io.maestream.app.metrics;
