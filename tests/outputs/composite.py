"""Runs the shell steps of a composite action as GitHub's runner would, where no other action is
needed: composite.py ACTION OUTPUT NAME=VALUE... Prints nothing of its own; ends with the code of the
last step."""

import os
import re
import subprocess
import sys

from ruamel.yaml import YAML

with open(sys.argv[1], encoding="utf-8") as file:
    action = YAML(typ="safe").load(file)
inputs = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
for pair in sys.argv[3:]:
    name, value = pair.split("=", 1)
    assert name in inputs, name
    inputs[name] = value


def value(expression):
    """The expressions that the step asks for: an input, or nothing where the runner has nothing."""
    name = re.match(r"inputs\.([a-z-]+)", expression)
    return inputs[name.group(1)] if name else ""


code = 0
for step in action["runs"]["steps"]:
    if step.get("id") != "check":
        continue
    environment = {
        key: re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: value(found.group(1)), str(text))
        for key, text in step.get("env", {}).items()
    }
    assert "${{" not in step["run"], "an input in a script is an injection"
    code = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**os.environ, **environment, "GITHUB_OUTPUT": sys.argv[2]},
    ).returncode
sys.exit(code)
