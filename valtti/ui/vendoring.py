"""Third-party files, for developers: fetched by name and version, checked, copied as they are; icons are cut out."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
SPRITE = HERE / "static" / "ui" / "icons.svg"
OWN_SIGNS = HERE / "signs.svg"
PERMITTED = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "Apache-2.0", "OFL-1.1"}

type Package = dict[str, Any]


def packages() -> list[Package]:
    """What VENDOR.toml lists."""
    listed: list[Package] = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    return listed


def differences(package: Package) -> list[str]:
    """Files of a package that are missing here or differ from what is written in VENDOR.toml."""
    found = []
    for entry in package["files"]:
        path = VENDOR / entry["to"]
        content = path.read_bytes() if path.exists() else b""
        if (sha256(content).hexdigest(), len(content)) != (entry["sha256"], entry["bytes"]):
            found.append(f"{entry['to']}: sha256 {sha256(content).hexdigest()}, bytes {len(content)}")
    return found


def sprite(drawings: dict[str, str]) -> str:
    """One file of symbols: our own signs first, then each drawing under its name."""
    own = OWN_SIGNS.read_text(encoding="utf-8").removesuffix("</svg>\n")
    return own + "".join(f"{symbol(name, drawing)}\n" for name, drawing in sorted(drawings.items())) + "</svg>\n"


def symbol(name: str, drawing: str) -> str:
    """A drawing of Lucide as a symbol: its shapes only; stroke and fill come from the style sheet."""
    shapes = re.findall(r"<(?:path|rect|circle|line|polyline|polygon|ellipse)\b[^>]*?/>", drawing)
    close = (re.sub(r"\s*/>", "/>", shape) for shape in shapes)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(close)}</symbol>'


def fetch(package: Package, folder: Path) -> Path:
    """Unpack one package, named and versioned, with the ordinary client; returns its root."""
    wanted = f"{package['name']}@{package['version']}"
    told = subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True)
    root = folder / package["name"].replace("/", "-")
    with tarfile.open(folder / told.stdout.split()[-1]) as archive:
        archive.extractall(root, filter="data")
    return root / "package"


def renew(package: Package, root: Path) -> None:
    """Copy the listed files and the licence; cut the icons if the package has any."""
    for entry in package["files"]:
        (VENDOR / entry["to"]).write_bytes((root / entry["from"]).read_bytes())
    (VENDOR / package["licence_text"]).write_bytes((root / "LICENSE").read_bytes())
    if icons := package.get("icons"):
        drawings = {name: (root / "icons" / f"{name}.svg").read_text(encoding="utf-8") for name in icons}
        SPRITE.write_text(sprite(drawings), encoding="utf-8")


def main() -> int:
    """Renew everything; 1 if a file is not what VENDOR.toml says."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for package in packages():
            renew(package, fetch(package, Path(folder)))
            wrong += differences(package)
    sys.stdout.write("\n".join(wrong or ["Everything is as VENDOR.toml says."]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
