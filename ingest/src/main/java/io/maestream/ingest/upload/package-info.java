/** Images by HTTP: answers 202 once the brokers have them, and says why where they will not. */
package io.maestream.ingest.upload;
