/** What people and triggers ask of a run: reads it, decides what to obey, and obeys it. */
package io.maestream.trainer.command;
