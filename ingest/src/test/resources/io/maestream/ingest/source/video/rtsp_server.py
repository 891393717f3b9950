# rtsp_server.py PORT PEM FILE...: serves each video as rtsp://127.0.0.1:PORT/0, /1, ... at its own pace; MP4 as it is, others as JPEG;
# and /numbered, 25 frames a second that carry their number as 24 black or white columns, lowest bit left. Numbers are
# those of the machine's clock at the start and grow by one, so they go on after a restart. With PEM not "-", rtsps://.
import sys
import time
import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import Gio, GLib, Gst, GstRtspServer

BITS, COLUMN, HEIGHT, MILLIS = 24, 16, 64, 40
WIDTH = BITS * COLUMN
counter = time.monotonic_ns() // (MILLIS * 1000000) % (1 << BITS)


def frame(number):
    row = b''.join((b'\xeb' if number >> bit & 1 else b'\x10') * COLUMN for bit in range(BITS))
    return row * HEIGHT + b'\x80' * (WIDTH * HEIGHT // 2)


def push(source):
    global counter
    counter += 1
    return source.emit('push-buffer', Gst.Buffer.new_wrapped(frame(counter))) == Gst.FlowReturn.OK


def configured(factory, media):
    source = media.get_element().get_child_by_name('source')
    timer = GLib.timeout_add(MILLIS, push, source)
    media.connect('unprepared', lambda media: GLib.source_remove(timer))


def numbered():
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch(
        '( appsrc name=source is-live=true do-timestamp=true format=time '
        'caps=video/x-raw,format=I420,width=%d,height=%d,framerate=25/1 '
        '! jpegenc quality=95 ! rtpjpegpay name=pay0 pt=26 )' % (WIDTH, HEIGHT))
    factory.connect('media-configure', configured)
    return factory


def video(path):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(False)
    if path.endswith('.mp4'):
        way = 'qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1'
    else:
        way = 'decodebin ! videoconvert ! video/x-raw,format=I420 ! jpegenc ! rtpjpegpay name=pay0 pt=26'
    factory.set_launch('( filesrc location="%s" ! %s )' % (path, way))
    return factory


def encrypt(server, factories, pem):
    auth = GstRtspServer.RTSPAuth()
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(pem))
    token = GstRtspServer.RTSPToken()
    token.set_string('media.factory.role', 'anybody')
    auth.set_default_token(token)
    server.set_auth(auth)
    for factory in factories:
        rights = GstRtspServer.RTSPPermissions()
        rights.add_permission_for_role('anybody', 'media.factory.access', True)
        rights.add_permission_for_role('anybody', 'media.factory.construct', True)
        factory.set_permissions(rights)


Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address('127.0.0.1')
server.set_service(sys.argv[1])
mounts = {'/numbered': numbered()}
mounts.update(('/%d' % number, video(path)) for number, path in enumerate(sys.argv[3:]))
if sys.argv[2] != '-':
    encrypt(server, mounts.values(), sys.argv[2])
for path, factory in mounts.items():
    server.get_mount_points().add_factory(path, factory)
if not server.attach(None):
    sys.exit('the port is taken')
print('READY', flush=True)
GLib.MainLoop().run()
