/** The dashboard in a real browser. */
package io.maestream.app.page;
