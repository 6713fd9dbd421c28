"""What is really in an image: its layers as one filesystem, its configuration, and what programs and packages it has."""
import json
import posixpath
import re
import tarfile
import urllib.request

import judge

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def get(place, accept="*/*"):
    request = urllib.request.Request(f"http://127.0.0.1:{judge.REGISTRY}/v2/{place}", headers={"Accept": accept})
    return urllib.request.urlopen(request, timeout=600)


def read_layer(name, digest, cache):
    """[(path, kind, mode, link, first bytes or content, size)] of a layer, in its order; kept in `cache`."""
    kept = cache / f"{digest.split(':')[1]}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    entries = []
    with get(f"{name}/blobs/{digest}") as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
        for member in archive:
            path = "/" + member.name.strip("/").removeprefix("./").strip("/")
            kind = "folder" if member.isdir() else "symlink" if member.issym() else "link" if member.islnk() else "file"
            text = ""
            if member.isreg() and (member.mode & 0o111 or wants_content(path)):
                size = member.size if wants_content(path) else 200
                text = archive.extractfile(member).read(size).decode("utf-8", "replace")
            link = member.linkname if kind in ("symlink", "link") else ""
            entries.append([path, kind, member.mode, link, text, member.size, member.uid])
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(entries))
    return entries


def wants_content(path):
    return path == "/var/lib/dpkg/status"


class Empty:
    """What scratch has."""
    config = {}

    def packages(self, _):
        return set()


class Image:
    """An image of the registry."""

    def __init__(self, name, cache):
        place, tag = name.rsplit(":", 1)
        with get(f"{place}/manifests/{tag}", MANIFEST) as answer:
            manifest = json.load(answer)
        with get(f"{place}/blobs/{manifest['config']['digest']}") as answer:
            self.config = json.load(answer).get("config", {})
        self.entries = {"/": ["/", "folder", 0o755, "", "", 0, 0]}
        for layer in manifest["layers"]:
            self.apply(read_layer(place, layer["digest"], cache))

    def apply(self, layer):
        """A layer over those below. What it deletes, it deletes of those below alone."""
        gone, opaque = set(), set()
        for path, *_ in layer:
            folder, name = posixpath.split(path)
            if name == ".wh..wh..opq":
                opaque.add(folder)
            elif name.startswith(".wh."):
                gone.add(posixpath.join(folder, name.removeprefix(".wh.")))
        for entry in layer:
            if entry[1] != "folder" and self.entries.get(entry[0], entry)[1] == "folder":
                gone.add(entry[0])
        if gone or opaque:
            self.entries = {path: entry for path, entry in self.entries.items() if not covered(path, gone, opaque)}
        for entry in layer:
            if not posixpath.basename(entry[0]).startswith(".wh."):
                if entry[1] == "link":
                    other = self.entries.get("/" + entry[3].strip("/"), entry)
                    entry = [entry[0], *other[1:]]
                self.entries[entry[0]] = entry

    def resolve(self, path, limit=40):
        """The entry that a path leads to, through all symbolic links; None for none."""
        done, rest = "/", [part for part in path.split("/") if part]
        while rest:
            part = rest.pop(0)
            if part == "..":
                done = posixpath.dirname(done)
                continue
            here = posixpath.join(done, part)
            entry = self.entries.get(here)
            if entry is None:
                return None
            if entry[1] == "symlink":
                limit -= 1
                if limit < 0:
                    return None
                rest = [piece for piece in entry[3].split("/") if piece and piece != "."] + rest
                done = "/" if entry[3].startswith("/") else done
            else:
                done = here
        return self.entries.get(done)

    def has(self, path):
        """Whether something has that path, be it a link that leads nowhere."""
        folder = self.resolve(posixpath.dirname(path))
        return path == "/" or (folder is not None and posixpath.join(folder[0], posixpath.basename(path)) in self.entries)

    def runs(self, path):
        """Whether a path is a program: an executable file, whose interpreter is there too when it is a script."""
        entry = self.resolve(path)
        if entry is None or entry[1] != "file" or not entry[2] & 0o111:
            return False
        script = re.match(r"#! *(\S+)(?: +(\S+))?", entry[4])
        if script is None:
            return True
        interpreter = script.group(1)
        if posixpath.basename(interpreter) == "env":
            return any(self.resolve(posixpath.join(folder, script.group(2) or "")) for folder in self.search_path())
        return self.resolve(interpreter) is not None

    def search_path(self):
        for setting in self.config.get("Env") or []:
            if setting.startswith("PATH="):
                return setting[5:].split(":")
        return ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    def programs(self):
        """Names of all programs, wherever they lie below a folder for programs."""
        found = set()
        for path, entry in self.entries.items():
            if entry[1] != "folder" and posixpath.basename(posixpath.dirname(path)) in ("bin", "sbin", ".bin", "games"):
                if self.runs(path) and not self.is_applet(path):
                    found.add(posixpath.basename(path))
        return found

    def is_applet(self, path):
        """Whether a name is one of busybox's many, of which our vocabulary counts sh and wget alone."""
        of_busybox = posixpath.basename(self.resolve(path)[0]) == "busybox" or (
            self.busybox is not None and self.resolve(path)[5] == self.busybox)
        return of_busybox and posixpath.basename(path) not in ("busybox", "sh", "wget")

    @property
    def busybox(self):
        """The size of busybox, by which its hard links are known; None without it."""
        entry = self.resolve("/bin/busybox")
        return entry[5] if entry else None

    def packages(self, manager):
        """Names of the packages of a manager that are installed."""
        return {"apt": self.apt, "pip": self.pip, "npm": self.npm}.get(manager, self.programs)()

    def apt(self):
        status = self.entries.get("/var/lib/dpkg/status")
        blocks = status[4].split("\n\n") if status else []
        return {re.search(r"^Package: (\S+)", block, re.M).group(1) for block in blocks
                if re.search(r"^Status: \S+ \S+ installed$", block, re.M)}

    def pip(self):
        found = set()
        for path in self.entries:
            place = re.search(r"/(?:site|dist)-packages/([^/]+?)-[^-/]+\.(?:dist|egg)-info$", path)
            if place:
                found.add(re.sub(r"[-_.]+", "-", place.group(1)).lower())
        return found

    def npm(self):
        found = set()
        for path in self.entries:
            place = re.search(r"/node_modules/((?:@[^/]+/)?[^/]+)/package\.json$", path)
            if place and not path.startswith("/usr/local/lib/node_modules/npm/node_modules/"):
                found.add(place.group(1))
        return found


def covered(path, gone, opaque):
    """Whether a path, or a folder above it, was deleted; or a folder above was replaced."""
    while path != "/":
        if path in gone:
            return True
        path = posixpath.dirname(path)
        if path in opaque:
            return True
    return False


# ---- capabilities: the programs (as patterns of their whole names) of which one is enough ----

VERSION = r"(?:-\d+(?:\.\d+)?)?"
PROGRAMS = {
    "c-compiler": rf"(?:x86_64-linux-gnu-)?gcc{VERSION}|cc|clang{VERSION}|tcc|c99|c89",
    "cxx-compiler": rf"(?:x86_64-linux-gnu-)?g\+\+{VERSION}|c\+\+|clang\+\+{VERSION}",
    "fortran-compiler": rf"gfortran{VERSION}|flang{VERSION}|f95",
    "ada-compiler": rf"gnat(?:make)?{VERSION}", "d-compiler": rf"gdc{VERSION}|ldc2|dmd", "pascal-compiler": r"fpc.*|ppcx64.*",
    "gccgo": rf"gccgo{VERSION}", "go-toolchain": r"go", "rust-toolchain": r"rustc|cargo|rustup",
    "haskell-compiler": r"ghc.*|cabal|stack", "ocaml-compiler": r"ocamlopt.*|opam", "zig-toolchain": r"zig",
    "nim-compiler": r"nim", "crystal-compiler": r"crystal", "lisp-compiler": r"sbcl|clisp|ecl|racket", "dart-sdk": r"dart",
    "swift-toolchain": r"swiftc", "cuda-compiler": r"nvcc", "rocm-compiler": r"hipcc",
    "cross-compiler": rf"(?!x86_64-linux-gnu-)\w+-(?:\w+-)?(?:gnu\w*|mingw32)-(?:gcc|g\+\+){VERSION}",
    "llvm-tools": rf"llc{VERSION}|opt{VERSION}", "jdk": r"javac", "kotlin-compiler": r"kotlinc", "scala-compiler": r"scalac",
    "groovy": r"groovyc?", "clojure": r"clojure|lein", "dotnet-sdk": r"dotnet", "mono-compiler": r"mcs|csc",
    "erlang-compiler": r"erlc", "elixir-compiler": r"elixirc|mix", "haxe-compiler": r"haxe",
    "typescript-compiler": r"tsc|esbuild|swc", "julia-runtime": r"julia",
    "cpp": rf"(?:x86_64-linux-gnu-)?cpp{VERSION}", "assembler": r"(?:x86_64-linux-gnu-)?as|nasm|yasm",
    "linker": rf"(?:x86_64-linux-gnu-)?(?:ld(?:\.bfd|\.gold)?|gold)|(?:ld\.)?lld{VERSION}|(?:ld\.)?mold",
    "make": r"g?make|bmake", "cmake": r"cmake", "ninja": r"ninja|samu", "meson": r"meson",
    "autotools": r"autoconf|automake|libtoolize", "pkg-config": r"pkg-config|pkgconf", "dpkg-dev": r"dpkg-buildpackage",
    "rpm-build": r"rpmbuild", "patch": r"patch", "parser-generator": r"bison|flex|byacc|re2c", "swig": r"swig.*",
    "bazel": r"bazel|bazelisk", "maven": r"mvn", "gradle": r"gradle", "sbt": r"sbt", "ant": r"ant", "rebar3": r"rebar3",
    "java-runtime": r"java", "mono-runtime": r"mono", "node-runtime": r"node|nodejs", "bun-runtime": r"bun",
    "deno-runtime": r"deno", "python-runtime": r"python(?:[23](?:\.\d+)?)?", "pypy-runtime": r"pypy.*", "perl": r"perl",
    "ruby-runtime": r"ruby.*", "php-runtime": r"php(?:\d.*)?", "lua-runtime": r"lua(?:5\.\d|jit)?", "tcl-runtime": r"tclsh.*|expect",
    "r-runtime": r"R", "guile": r"guile.*", "octave": r"octave.*", "prolog": r"swipl|gprolog",
    "pip": r"pip[23]?(?:\.\d+)?", "uv": r"uv", "conda": r"conda|mamba|micromamba", "poetry": r"poetry|pdm|pipenv|hatch",
    "npm": r"npm", "yarn": r"yarn", "pnpm": r"pnpm", "gem": r"gem.*|bundler?", "composer": r"composer", "pecl": r"pecl",
    "cpan": r"cpan|cpanm", "luarocks": r"luarocks",
    "package-manager:apt": r"apt-get", "package-manager:apk": r"apk", "package-manager:dnf": r"dnf",
    "package-manager:microdnf": r"microdnf", "package-manager:tdnf": r"tdnf", "package-manager:yum": r"yum",
    "package-manager:rpm": r"rpm", "package-manager:zypper": r"zypper", "package-manager:pacman": r"pacman",
    "package-manager:nix": r"nix", "shell:sh": r"sh", "shell:bash": r"bash", "shell:zsh": r"zsh", "shell:powershell": r"pwsh",
    "busybox": r"busybox", "curl": r"curl", "wget": r"wget", "git": r"git", "git-lfs": r"git-lfs", "mercurial": r"hg",
    "subversion": r"svn", "ssh-client": r"ssh|scp|sftp", "ssh-server": r"sshd|dropbear",
    "netcat": r"nc(?:\.openbsd|\.traditional)?|ncat|socat", "network-scanner": r"nmap|masscan|tcpdump|tshark",
    "telnet": r"telnet(?:\.\w+)?", "rsync": r"rsync", "debugger": rf"gdb|gdbserver|lldb{VERSION}|dlv",
    "tracer": r"strace|ltrace|perf|bpftrace|valgrind", "sudo": r"sudo|doas", "step-down": r"gosu|su-exec",
    "init": r"tini(?:-static)?|dumb-init|s6-svscan|supervisord", "docker-cli": r"docker|podman|buildah|nerdctl",
    "container-engine": r"dockerd|containerd|crio", "kubectl": r"kubectl|helm", "gnupg": r"gpg", "openssl-cli": r"openssl",
    "editor": r"vim?(?:\..*)?|nano|emacs|ed", "web-browser": r"chromium|firefox",
}
COMPILED = {name: re.compile(rf"(?:{pattern})\Z") for name, pattern in PROGRAMS.items()}

# Those that are no program: a file of which one is enough.
FILES = {
    "libc-headers": r"/usr/include/stdio\.h",
    "tzdata": r"/usr/share/zoneinfo/(?:Etc/)?UTC",
    "ca-certificates": r"/etc/ssl/certs/(?:ISRG_Root_X1\.pem|[0-9a-f]{8}\.0)",
}

# A class and its members, as the vocabulary has them.
CLASSES = {
    "native-compiler": "c-compiler cxx-compiler fortran-compiler ada-compiler d-compiler pascal-compiler gccgo go-toolchain "
                       "rust-toolchain haskell-compiler ocaml-compiler zig-toolchain nim-compiler crystal-compiler "
                       "lisp-compiler cross-compiler llvm-tools",
    "managed-compiler": "jdk kotlin-compiler scala-compiler groovy clojure mono-compiler erlang-compiler elixir-compiler",
    "build-tool": "make cmake ninja meson autotools pkg-config dpkg-dev patch parser-generator swig maven ant",
    "package-manager": "package-manager:apt package-manager:apk package-manager:dnf package-manager:yum "
                       "package-manager:rpm package-manager:zypper package-manager:pacman",
    "shell": "shell:sh shell:bash shell:zsh busybox",
    "fetcher": "curl wget git mercurial subversion git-lfs",
    "network-tool": "ssh-client ssh-server netcat network-scanner telnet rsync",
    "debug-tool": "debugger tracer",
    "language-package-manager": "pip uv poetry npm yarn pnpm gem composer cpan luarocks",
    "privilege": "sudo",
}
CAPABILITIES = [*PROGRAMS, *FILES, *CLASSES]


def capabilities(image):
    """Those of CAPABILITIES that the image has."""
    programs = image.programs()
    found = {name for name, pattern in COMPILED.items() if any(pattern.match(program) for program in programs)}
    for name, pattern in FILES.items():
        if any(re.fullmatch(pattern, path) and image.resolve(path) for path in image.entries):
            found.add(name)
    return found | {name for name, members in CLASSES.items() if found & set(members.split())}
