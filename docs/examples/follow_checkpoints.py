#!/usr/bin/python3
"""Follows Maestream's checkpoint events from Python: verify, then load the encoder.

Debian: apt install python3-confluent-kafka python3-avro   (and python3-torch to load the encoder)

    docs/examples/follow_checkpoints.py --bootstrap localhost:9092 --count 1

Reads both wire formats: Avro single-object encoding with the schemas in this repository, and
Confluent's, with --registry URL. Only committed events are seen (isolation.level=read_committed):
others are of checkpoints that were never taken.
"""

import argparse
import hashlib
import io
import json
import pathlib
import struct
import sys
import urllib.parse
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer

RELEASED = pathlib.Path(__file__).resolve().parents[2] / (
    "schemas/src/main/resources/io/maestream/schemas/released"
)


def canonical(schema):
    """Avro's parsing canonical form, of which the fingerprint is taken."""
    if isinstance(schema, str):
        return json.dumps(schema)
    if isinstance(schema, list):
        return "[" + ",".join(canonical(s) for s in schema) + "]"
    kind = schema["type"]
    if kind in ("record", "enum", "fixed"):
        full = schema["name"]
        if "." not in full and schema.get("namespace"):
            full = schema["namespace"] + "." + full
        parts = ['"name":' + json.dumps(full), '"type":' + json.dumps(kind)]
        if kind == "record":
            fields = (
                '{"name":' + json.dumps(f["name"]) + ',"type":' + canonical(f["type"]) + "}"
                for f in schema["fields"]
            )
            parts.append('"fields":[' + ",".join(fields) + "]")
        elif kind == "enum":
            symbols = json.dumps(schema["symbols"], separators=(",", ":"))
            parts.append('"symbols":' + symbols)
        else:
            parts.append(f'"size":{schema["size"]}')
        return "{" + ",".join(parts) + "}"
    if kind == "array":
        return '{"type":"array","items":' + canonical(schema["items"]) + "}"
    if kind == "map":
        return '{"type":"map","values":' + canonical(schema["values"]) + "}"
    return canonical(kind)  # a logical type is its underlying type


def with_full_names(schema, namespace=""):
    """Every name with its namespace, as the canonical form wants it."""
    primitives = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}
    if isinstance(schema, str):
        return schema if schema in primitives or "." in schema else f"{namespace}.{schema}"
    if isinstance(schema, list):
        return [with_full_names(s, namespace) for s in schema]
    schema = dict(schema)
    kind = schema["type"]
    if kind in ("record", "enum", "fixed"):
        namespace = schema.get("namespace", namespace)
        schema["namespace"] = namespace
        if kind == "record":
            schema["fields"] = [
                dict(f, type=with_full_names(f["type"], namespace)) for f in schema["fields"]
            ]
    elif kind in ("array", "map"):
        key = "items" if kind == "array" else "values"
        schema[key] = with_full_names(schema[key], namespace)
    elif not isinstance(kind, str):
        schema["type"] = with_full_names(kind, namespace)
    return schema


def fingerprint(text):
    """CRC-64-AVRO (Rabin) of the canonical form."""
    empty = 0xC15D213AA4D7A795
    value = empty
    for byte in text.encode():
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (empty if value & 1 else 0)
    return value


class Decoder:
    """Values of a topic to dictionaries, whichever of the two formats they have."""

    def __init__(self, registry=None):
        self.registry = registry
        self.by_id = {}
        self.by_fingerprint = {}
        for path in sorted(RELEASED.glob("*/*.avsc")):
            text = path.read_text()
            form = canonical(with_full_names(json.loads(text)))
            self.by_fingerprint[fingerprint(form)] = avro.schema.parse(text)

    def __call__(self, value):
        if value[:2] == b"\xc3\x01":
            (mark,) = struct.unpack("<Q", value[2:10])
            schema, body = self.by_fingerprint[mark], value[10:]
        elif value[:1] == b"\x00" and self.registry:
            (number,) = struct.unpack(">I", value[1:5])
            schema, body = self.of_registry(number), value[5:]
        else:
            raise ValueError("neither single-object encoding nor (with --registry) Confluent's")
        decoder = avro.io.BinaryDecoder(io.BytesIO(body))
        return avro.io.DatumReader(schema).read(decoder)

    def of_registry(self, number):
        if number not in self.by_id:
            with urllib.request.urlopen(f"{self.registry}/schemas/ids/{number}") as answer:
                self.by_id[number] = avro.schema.parse(json.load(answer)["schema"])
        return self.by_id[number]


def verified(event):
    """The checkpoint's directory, after every digest was compared with what the event vouches for."""
    location = urllib.parse.urlparse(event["location"])
    if location.scheme != "file":
        raise ValueError("fetch it first: maestream checkpoints fetch " + event["location"])
    directory = pathlib.Path(urllib.parse.unquote(location.path)).resolve()
    manifest = (directory / "manifest.json").read_bytes()
    if hashlib.sha256(manifest).hexdigest() != event["manifestSha256"]:
        raise ValueError("the manifest is not the committed one")
    for file in json.loads(manifest)["files"]:
        path = (directory / file["name"]).resolve()
        if directory not in path.parents:
            raise ValueError(file["name"] + " lies outside of the checkpoint")
        if hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            raise ValueError(file["name"] + " is not what the manifest says")
    return directory


def load(directory, shape):
    """An encoder: images (B, C, H, W), uint8 or normalised float32, to (cls, mean) embeddings."""
    try:
        import torch
    except ImportError:
        return "not loaded: no torch here"
    encoder = torch.jit.load(str(directory / "encoder" / "encoder.pt")).eval()
    size = shape["imageSize"]
    with torch.no_grad():
        cls, mean = encoder(torch.zeros(1, shape["channels"], size, size, dtype=torch.uint8))
    return f"embeddings of {cls.shape[1]} numbers"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--bootstrap", default="localhost:9092")
    options.add_argument("--topic", default="checkpoints.latest", help="or checkpoints, for all")
    options.add_argument("--registry", help="URL of a schema registry with Confluent's API")
    options.add_argument("--group", default="python-follower")
    options.add_argument("--count", type=int, default=0, help="stop after so many; 0: never")
    arguments = options.parse_args()
    decode = Decoder(arguments.registry)
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.bootstrap,
            "group.id": arguments.group,
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([arguments.topic])
    seen = 0
    try:
        while not arguments.count or seen < arguments.count:
            record = consumer.poll(1.0)
            if record is None or record.value() is None:
                continue
            if record.error():
                raise RuntimeError(record.error())
            headers = {name: value.decode() for name, value in record.headers() or []}
            event = decode(record.value())
            print(headers.get("ce_type"), event["checkpointId"], "step", event["step"])
            try:
                print(" ", load(verified(event), event["shape"]), flush=True)
            except (OSError, ValueError) as refused:
                print("  refused:", refused, file=sys.stderr, flush=True)
            consumer.commit(record, asynchronous=False)
            seen += 1
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
