/**
 * The Masked Autoencoder: shapes, masking, parameters, the train step. Hides DJL and TorchScript.
 */
package io.maestream.mae;
