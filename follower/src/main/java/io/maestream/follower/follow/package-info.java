/**
 * Follows checkpoint events: each scored once, the score and the place in the log committed
 * together.
 */
package io.maestream.follower.follow;
