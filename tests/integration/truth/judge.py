"""The judge: BuildKit itself, with a registry and a server of downloads on loopback, all below one folder."""
import contextlib
import functools
import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
REGISTRY, DAEMON, DOWNLOADS = 5081, 5082, 5083

# The stages of bases/Dockerfile, and the names they stand in for.
STAND_INS = {
    "debian": ["docker.io/library/debian:12-slim", "docker.io/library/debian:bookworm-slim", "docker.io/library/debian:12",
               "mirror.example/hub/library/debian:12-slim"],
    "python-slim": ["docker.io/library/python:3.9-slim", "docker.io/library/python:3.11-slim"],
    "python": ["docker.io/library/python:3.9", "docker.io/library/python:3.11"],
    "node-slim": ["docker.io/library/node:20-slim"],
    "node": ["docker.io/library/node:20"],
    "golang": ["docker.io/library/golang:1.26"],
    "rust-slim": ["docker.io/library/rust:1-slim"],
    "nginx": ["docker.io/library/nginx:1.28"],
    "busybox": ["docker.io/library/busybox:1.36"],
    "static": ["gcr.io/distroless/static-debian12:latest"],
    "static-nonroot": ["gcr.io/distroless/static-debian12:nonroot"],
    "base": ["gcr.io/distroless/base-debian12:latest"],
    "cc": ["gcr.io/distroless/cc-debian12:latest"],
    "python3": ["gcr.io/distroless/python3-debian12:latest"],
    "toolbox": ["docker.io/acme/toolbox:3", "docker.io/acme/unlisted:1"],
}

DAEMON_CONFIG = f"""
[worker.oci]
enabled = true
snapshotter = "overlayfs"
binary = "runc"
networkMode = "host"
gc = false
[worker.containerd]
enabled = false
[registry."docker.io"]
mirrors = ["127.0.0.1:{REGISTRY}"]
[registry."gcr.io"]
mirrors = ["127.0.0.1:{REGISTRY}"]
[registry."mirror.example"]
mirrors = ["127.0.0.1:{REGISTRY}"]
[registry."127.0.0.1:{REGISTRY}"]
http = true
"""

REGISTRY_CONFIG = """
version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {root}}}, delete: {{enabled: true}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""


def missing(folder):
    """What the judge needs and this machine does not have; "" when it can judge."""
    if os.geteuid() != 0:
        return "only root can build images"
    for program in ("runc", "docker-registry"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    for path in ("bin/buildkitd", "bin/buildctl", "context/rootfs.tar"):
        if not (folder / path).exists():
            return f"{path} is missing"
    return ""


def wait_for(port, process):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"nothing listens on port {port}: see the logs of the judge")


class Judge:
    """A running BuildKit. `with Judge(folder) as judge:` ends what it started."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.processes = []
        self.server = None

    def spawn(self, name, port, *command):
        log = open(self.folder / f"{name}.log", "wb")
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.processes.append(process)
        wait_for(port, process)

    def __enter__(self):
        for port in (REGISTRY, DAEMON, DOWNLOADS):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                sys.exit(f"port {port} of 127.0.0.1 is in use: does another truth test run?")
        registry = self.folder / "registry.yaml"
        registry.write_text(REGISTRY_CONFIG.format(root=self.folder / "registry", port=REGISTRY))
        daemon = self.folder / "buildkitd.toml"
        daemon.write_text(DAEMON_CONFIG)
        try:
            self.spawn("docker-registry", REGISTRY, "docker-registry", "serve", registry)
            self.spawn("buildkitd", DAEMON, self.folder / "bin/buildkitd", "--config", daemon, "--root",
                       self.folder / "buildkit", "--addr", f"tcp://127.0.0.1:{DAEMON}")
        except BaseException:
            self.__exit__()
            raise
        handler = functools.partial(Quiet, directory=str(self.folder / "downloads"))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", DOWNLOADS), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        if self.server is not None:
            self.server.shutdown()
        for process in reversed(self.processes):
            process.terminate()
            process.wait(60)

    def build(self, dockerfile, context, name, target="", args=(), contexts=()):
        """Builds and pushes to the registry as `name`; what BuildKit said when it refused, else None."""
        output = (f"type=image,name=127.0.0.1:{REGISTRY}/{name},push=true,compression=uncompressed,oci-mediatypes=true,"
                  "unpack=false")
        return self.run(dockerfile, context, output, target, args, contexts)

    def export(self, dockerfile, context, archive, target="", args=()):
        """The same, to an archive of the whole filesystem."""
        return self.run(dockerfile, context, f"type=tar,dest={archive}", target, args, ())

    def run(self, dockerfile, context, output, target, args, contexts):
        command = [self.folder / "bin/buildctl", "--addr", f"tcp://127.0.0.1:{DAEMON}", "build", "--progress=plain",
                   "--frontend=dockerfile.v0", "--local", f"dockerfile={dockerfile.parent}", "--local",
                   f"context={context}", "--opt", f"filename={dockerfile.name}", "--output", output]
        if target:
            command += ["--opt", f"target={target}"]
        for arg in args:
            command += ["--opt", f"build-arg:{arg}"]
        for label, place in contexts:
            command += ["--local", f"{label}={place}", "--opt", f"context:{label}=local:{label}"]
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
            if os.environ.get(variable):
                command += ["--opt", f"build-arg:{variable}={os.environ[variable]}"]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace")
        return None if run.returncode == 0 else run.stderr[-4000:]

    def make_downloads(self, goroot):
        """What the cases download, below the addresses that it has elsewhere: a little of Go, and small programs."""
        names = {"dl.google.com/go/go1.26.0.linux-amd64.tar.gz": [(f"{goroot}/bin/go", "go/bin/go")],
                 "tool.tar.gz": [(HERE / "cases/copy-flags/program", "tool/bin/greet")]}
        for name, files in names.items():
            archive = self.folder / "downloads" / name
            archive.parent.mkdir(parents=True, exist_ok=True)
            with tarfile.open(archive, "w:gz", compresslevel=1) as into:
                for place, path in files:
                    into.add(place, path)
        program = self.folder / "downloads/github.com/krallin/tini/releases/download/v0.19.0/tini"
        program.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "cases/copy-flags/program", program)

    def make_bases(self):
        """Builds the stand-ins; those that are up to date cost a look."""
        goroot = subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
        self.make_downloads(goroot)
        for stage, names in STAND_INS.items():
            for name in names:
                place = name.split("/", 1)[1]
                print(f"base {name}", flush=True)
                refusal = self.build(HERE / "bases/Dockerfile", self.folder / "context", place, stage,
                                     contexts=[("go", goroot)])
                if refusal is not None:
                    sys.exit(f"the stand-in {stage} cannot be built:\n{refusal}")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main():
    folder = pathlib.Path(sys.argv[1])
    reason = missing(folder)
    if reason:
        sys.exit(f"the judge cannot work: {reason}")
    with Judge(folder) as judge:
        judge.make_bases()


if __name__ == "__main__":
    main()
