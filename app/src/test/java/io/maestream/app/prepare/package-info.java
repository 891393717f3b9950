/** Preparation as processes that are killed. */
package io.maestream.app.prepare;
