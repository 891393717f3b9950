/** Commands that publish images. */
package io.maestream.app.command.ingest;
