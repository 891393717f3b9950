/** Learning rate as a function of the step. */
package io.maestream.mae.schedule;
