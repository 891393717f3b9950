/** Images too large to travel on Kafka: kept in a store, and a reference travels (claim check). */
package io.maestream.ingest.payload;
