# rtsp_server.py PORT FILE...: serves each video as rtsp://127.0.0.1:PORT/0, /1, ... at its own pace; MP4 as it is, others as JPEG.
import sys
import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address('127.0.0.1')
server.set_service(sys.argv[1])
for number, path in enumerate(sys.argv[2:]):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(False)
    if path.endswith('.mp4'):
        way = 'qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1'
    else:
        way = 'decodebin ! videoconvert ! video/x-raw,format=I420 ! jpegenc ! rtpjpegpay name=pay0 pt=26'
    factory.set_launch('( filesrc location="%s" ! %s )' % (path, way))
    server.get_mount_points().add_factory('/%d' % number, factory)
if not server.attach(None):
    sys.exit('the port is taken')
print('READY', flush=True)
GLib.MainLoop().run()
