"""Reads archives with Python's own zipfile and tarfile: a path a line in, a JSON object a line out.

The answer is {"files": [[name, sha256], ...]} or {"error": text}: what another reader sees in the same bytes.
"""
import hashlib
import json
import sys
import tarfile
import zipfile


def of_zip(path):
    with zipfile.ZipFile(path) as archive:
        return [[info.filename, hashlib.sha256(archive.read(info)).hexdigest()] for info in archive.infolist() if not info.is_dir()]


def of_tar(path):
    files = []
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            if member.isfile():
                files.append([member.name, hashlib.sha256(archive.extractfile(member).read()).hexdigest()])
            elif not member.isdir():
                files.append([member.name, "not a file"])
    return files


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        with open(path, "rb") as file:
            is_gzip = file.read(2) == b"\x1f\x8b"
        answer = {"files": of_tar(path) if is_gzip else of_zip(path)}
    except Exception as error:  # noqa: BLE001 - whatever it says is the answer
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
