/** Rejected images: finding them, and sending the raw records again. */
package io.maestream.app.rejected;
