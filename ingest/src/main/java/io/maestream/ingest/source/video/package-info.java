/** Frames of video files and of cameras (RTSP, MJPEG over HTTP, V4L2). Hides FFmpeg. */
package io.maestream.ingest.source.video;
