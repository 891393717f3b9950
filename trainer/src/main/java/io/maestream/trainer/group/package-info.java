/** One active trainer per run: the group's assignor and what a change of ownership means. */
package io.maestream.trainer.group;
