"""Random Dockerfiles of many stages: names given twice, numbers, mounts, triggers that pass on, platforms, circles."""

IMAGES = ["busybox", "alpine:3", "reg.io/x", "r:5000/y:t", "library/z@sha256:" + "a" * 64, "0", "1"]
NAMES = ["a", "b", "c", "d.e", "f_0", "scratch", "last"]


class Stages:
    """A file in the making: what the stages so far are called."""

    def __init__(self, random, hits):
        self.random, self.hits = random, hits
        self.names = []  # "" of a stage without one
        self.count = random.choice([2, 3, 4, 6, 9, 14])
        self.careful = random.random() < 0.8  # names only what stands above

    def file(self):
        """(text, target)"""
        self.hits["graph"] += 1
        lines = ["ARG BASE=a", "ARG IMAGE=busybox"]
        for index in range(self.count):
            lines.append(self.base())
            name = lines[-1].rpartition(" AS ")[2].lower() if " AS " in lines[-1] else ""
            lines += [self.step(index) for _ in range(self.random.choice([0, 1, 1, 2, 3, 5]))]
            self.names.append(name)
        return "\n".join(lines) + "\n", self.target()

    def target(self):
        named = [name for name in self.names if name]
        if not named or self.random.random() < 0.5:
            return ""
        self.hits["graph, a target"] += 1
        return self.spelled(self.random.choice(named))

    def use(self, title, text):
        self.hits["graph, " + title] += 1
        return text

    def spelled(self, name):
        return name.upper() if self.random.random() < 0.2 else name

    def above(self):
        """A name that a stage above has, or None."""
        named = [name for name in self.names if name]
        return self.random.choice(named) if named else None

    def stage(self):
        name = None if not self.careful and self.random.random() < 0.3 else self.above()
        return name or self.random.choice(IMAGES if self.careful else NAMES)

    def base(self):
        pick, kind = self.random.choice, self.random.random()
        platform = pick(["", "", "", "", "--platform=linux/arm64 ", "--platform=$BUILDPLATFORM ", "--platform=linux/arm/v7 "])
        if platform:
            self.hits["graph, a platform"] += 1
        if kind < 0.45 and self.above():
            text = self.use("FROM a stage", self.above())
        elif kind < 0.5:
            text = self.use("FROM scratch", "scratch")
        elif kind < 0.55:
            text = self.use("FROM a variable", pick(["$BASE", "${BASE}", "${IMAGE}:1", "$IMAGE"]))
        else:
            text = self.use("FROM an image", pick(IMAGES))
        name = pick(NAMES)
        if name in self.names:
            self.hits["graph, a name given twice"] += 1
        return f"FROM {platform}{text}" + (f" AS {self.spelled(name)}" if self.random.random() < 0.75 else "")

    def step(self, index):
        pick = self.random.choice
        makers = [self.copy] * 5 + [self.mount] * 4 + [self.trigger] * 2 + [self.setting] * 5 + [self.plain] * 2
        return pick(makers)(index)

    def number(self, index):
        """Of a stage above; now and then of one below, of this one, or of an image that was named."""
        if index == 0 or self.random.random() < 0.15:
            return self.random.randint(0, self.count + 2) if not self.careful else self.random.randint(self.count, self.count + 1)
        return self.random.randrange(index)

    def source(self, index):
        kind = self.random.random()
        if kind < 0.25 and (index or not self.careful):
            return self.use("COPY from a number", str(self.number(index)))
        if kind < 0.75:
            return self.use("COPY from a name", self.spelled(self.stage()) if self.names else self.stage())
        return self.use("COPY from an image", self.random.choice(IMAGES[:5]))

    def copy(self, index):
        pick = self.random.choice
        kind = self.random.random()
        if kind < 0.2:
            return self.use("COPY from the context", pick(["COPY a /b", "COPY --link . /src/", "COPY --chmod=644 a b /c/"]))
        if kind < 0.3:
            return self.use("ADD", pick(["ADD a /b", "ADD https://h/f /x", "ADD a https://h/r.git /x/", "ADD <<A b /x/\n1\nA"]))
        flags = pick(["", "", "--link ", "--chown=1:2 ", "--parents ", "--exclude=x "])
        return f"COPY {flags}--from={self.source(index)} {pick(['/a', 'a b', '/ /x'])} /d/"

    def mount(self, index):
        pick = self.random.choice
        kind = pick(["bind", "bind", "cache", "tmpfs", "secret", "ssh", ""])
        fields = [f"type={kind}"] if kind else []
        if kind in ("bind", "cache", "tmpfs", ""):
            fields.append("target=/m")
        if kind in ("bind", "cache", "tmpfs", "") and self.random.random() < 0.7:
            fields.append("from=" + (self.spelled(self.stage()) if self.random.random() < 0.85 else pick("01")))
            self.hits["graph, mount from a stage or an image"] += 1
        if kind == "secret":
            fields.append("id=s")
        if kind == "cache" and self.random.random() < 0.3:
            fields.append("uid=1")
        self.hits[f"graph, mount {kind or 'without a type'}"] += 1
        more = pick(["", "", "--mount=target=/n,source=x "])
        return f"RUN --mount={','.join(fields)} {more}make {index}"

    def trigger(self, index):
        pick = self.random.choice
        self.hits["graph, ONBUILD"] += 1
        inner = pick([self.copy, self.mount, self.setting, self.plain])(index)
        return "ONBUILD " + inner if "\n" not in inner else "ONBUILD RUN x"

    def plain(self, index):
        return self.random.choice([f"RUN make {index}", "RUN ls", 'RUN ["ls"]', "WORKDIR /w", "WORKDIR sub", "WORKDIR /"])

    def setting(self, index):
        pick = self.random.choice
        return self.use("a setting", pick([
            f"ENV E{index}=$E{index - 1}x", "ENV BASE=b", "ARG BASE", "ARG IMAGE=i", f"LABEL l{pick('01')}=${{BASE}}$E0",
            f"USER u{index}", "USER $E0", f"EXPOSE {80 + index} 90-92/udp", "EXPOSE 80/TCP", "VOLUME /v $E0/w", f'VOLUME ["/v{index}"]',
            "ENTRYPOINT run", 'ENTRYPOINT ["run", "$E0"]', "ENTRYPOINT []", f"CMD go {index}", 'CMD ["go"]', "CMD", "CMD []",
            'SHELL ["bash", "-c"]', "STOPSIGNAL 9", "STOPSIGNAL SIG${NONE:-TERM}", "HEALTHCHECK NONE",
            "HEALTHCHECK --interval=1m30s --retries=3 CMD x y", 'HEALTHCHECK --timeout=5s --start-period=500ms CMD ["x"]']))
