"""Encodes and decodes messages with kafka-python, a codec that Sluice shares nothing with.

Reads one JSON object a line: message, version, hex (a body), values (the same content by field name; bytes, ids and
doubles as hexadecimal). Writes one line for each: {"absent": true} when kafka-python has no such message or version, else
{"built": hex from values, "again": hex after decoding and encoding the body}, or {"error": text}.

Messages are made from Kafka's JSON descriptions, which kafka-python carries, without the changes it makes to some of them
for its own use (sets for the bits of authorized operations, for example).
"""

import functools
import io
import json
import struct
import sys
import uuid

from kafka.protocol.schemas import BaseField, StructField, load_json


@functools.cache
def description_of(name):
    try:
        return load_json(name)
    except FileNotFoundError:
        return None


@functools.cache
def codec_of(name):
    return StructField(description_of(name))


def contains(versions, version):
    first_and_last = BaseField.parse_versions(versions)
    return first_and_last is not None and first_and_last[0] <= version <= first_and_last[1]


def element(field, value):
    if value is None:
        return None
    if isinstance(value, list):
        return [element(field, item) for item in value]
    if isinstance(value, dict):
        unknown = value.keys() - {each._name for each in field._fields}
        if unknown:
            raise ValueError(f"no fields {unknown}")
        # In the order of the description: it is the one in which tagged fields are written.
        return {each.name: element(each, value[each._name]) for each in field._fields if each._name in value}
    kind = field._type_str.removeprefix("[]")
    if kind == "uuid":
        return uuid.UUID(hex=value)
    if kind in ("bytes", "records"):
        return bytes.fromhex(value)
    if kind == "float64":
        return struct.unpack(">d", bytes.fromhex(value))[0]
    return value


def answer(line):
    version = line["version"]
    description = description_of(line["message"])
    if description is None or version > BaseField.parse_versions(description["validVersions"])[1]:
        return {"absent": True}
    codec = codec_of(line["message"])
    flexible = contains(description["flexibleVersions"], version)
    # A header's strings never are compact (KIP-511).
    options = {"version": version, "compact": flexible and description["type"] != "header", "tagged": flexible}
    built = codec.encode(element(codec, line["values"]), **options)
    stream = io.BytesIO(bytes.fromhex(line["hex"]))
    decoded = codec.decode(stream, **options)
    if stream.read():
        return {"error": "bytes are left"}
    return {"built": built.hex(), "again": codec.encode(decoded, **options).hex()}


for text in sys.stdin:
    try:
        result = answer(json.loads(text))
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result))
