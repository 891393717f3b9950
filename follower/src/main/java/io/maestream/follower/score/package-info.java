/** How good frozen features are: nearest neighbours and a linear probe, on labelled images. */
package io.maestream.follower.score;
