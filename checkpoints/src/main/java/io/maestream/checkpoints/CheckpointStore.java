package io.maestream.checkpoints;

/** Keeps checkpoints: the three roles in one, for whoever owns the store. */
public interface CheckpointStore extends CheckpointWriter, CheckpointReader, CheckpointCatalog {}
