/** A downstream consumer of checkpoint events: from a committed event to a verified encoder. */
package io.maestream.follower;
