/** Following a real trainer's checkpoints on a real broker. */
package io.maestream.app.follow;
