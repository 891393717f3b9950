/** How often, how late and how loudly something is tried again. */
package io.maestream.trainer.retry;
