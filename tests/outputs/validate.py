"""Holds JSON and TOML files against a JSON Schema: validate.py SCHEMA FILE..."""

import datetime
import json
import sys
import tomllib

from jsonschema import FormatChecker
from jsonschema.validators import validator_for


def plain(value):
    """TOML's dates as the text an editor checks them as."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def load(path):
    with open(path, "rb") as file:
        return plain(tomllib.load(file)) if path.endswith(".toml") else json.load(file)


schema = load(sys.argv[1])
kind = validator_for(schema)
kind.check_schema(schema)
validator = kind(schema, format_checker=FormatChecker())
faults = 0
for path in sys.argv[2:]:
    for error in validator.iter_errors(load(path)):
        faults += 1
        print(f"{path}: {error.json_path}: {error.message}")
print(f"{len(sys.argv) - 2} files, {faults} faults")
sys.exit(1 if faults or len(sys.argv) < 3 else 0)
