/** Sources and uploads as processes, beside brokers that are killed. */
package io.maestream.app.ingest;
