/** Commands that prove what a run did. */
package io.maestream.app.command.lineage;
