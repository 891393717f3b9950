/** Commands that look through a model, and say how good it is. */
package io.maestream.app.command.evaluate;
