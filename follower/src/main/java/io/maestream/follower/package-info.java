/** A downstream consumer of checkpoint events. */
package io.maestream.follower;
