/** A Kafka broker inside this process; hides KRaft's formatting, ports and settings. */
package io.maestream.app.broker;
