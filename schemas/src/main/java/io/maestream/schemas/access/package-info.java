/** The secret that our HTTP servers ask for, and what they take at most. */
package io.maestream.schemas.access;
