/** Looking at a checkpoint's model: embeddings and reconstructions of given images, as files. */
package io.maestream.app.look;
