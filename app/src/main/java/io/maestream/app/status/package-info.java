/** What a whole installation is doing, read from its topics and groups, and its text. */
package io.maestream.app.status;
