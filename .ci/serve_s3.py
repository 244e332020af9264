"""Serve the demo district with its photos on the S3 server that the tests use, and end both together."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers.s3 import seaweedfs  # noqa: E402  (the repository is not an installed package)


def main() -> int:
    data_dir = Path(os.environ["XUNGAI_DATA_DIR"]).resolve()
    with seaweedfs(data_dir / "seaweedfs") as address:
        environment = {**os.environ, "XUNGAI_OBJECTS_URL": address}
        server = subprocess.Popen([sys.executable, "-m", "server", "run"], cwd=ROOT, env=environment)

        def pass_on(number: int, _frame: FrameType | None) -> None:
            server.send_signal(number)

        signal.signal(signal.SIGTERM, pass_on)
        # A Ctrl-C reaches the server by itself; the store must outlive it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return server.wait()


if __name__ == "__main__":
    sys.exit(main())
