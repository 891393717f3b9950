/** The trainer on a real broker, and trainers that are really killed. */
package io.maestream.app.training;
