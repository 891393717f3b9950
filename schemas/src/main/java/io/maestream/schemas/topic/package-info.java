/** Topics: names, partitions, configuration, and their creation. */
package io.maestream.schemas.topic;
