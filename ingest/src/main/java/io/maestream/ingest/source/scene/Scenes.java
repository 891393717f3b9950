package io.maestream.ingest.source.scene;

/** The kinds of scenes, one camera after the other. */
final class Scenes {

    static final int KINDS = 4;

    private Scenes() {}

    /** The scene of a camera, numbered from 1. */
    static Scene of(int camera, long seed) {
        return switch (Math.floorMod(camera - 1, KINDS)) {
            case 0 -> new StreetScene(seed);
            case 1 -> new HarbourScene(seed);
            case 2 -> new MeadowScene(seed);
            default -> new ViaductScene(seed);
        };
    }
}
