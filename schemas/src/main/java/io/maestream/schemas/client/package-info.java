/** The one place that builds Kafka clients. */
package io.maestream.schemas.client;
