"""A wheel brings manifest.yaml inside the package `bot`, since only packages are installed."""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithManifest(build_py):
    """Copies what stands beside the packages and is needed at run time."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            self.copy_file("manifest.yaml", str(Path(self.build_lib) / "bot" / "manifest.yaml"))


setup(cmdclass={"build_py": BuildWithManifest})
