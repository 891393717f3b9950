/** The secret that our HTTP servers ask for. */
package io.maestream.schemas.access;
