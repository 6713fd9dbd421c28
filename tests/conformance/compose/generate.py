"""Compose projects, texts with variables and .env files of the mechanisms in the tables below; a seed gives the same."""
import collections
import random

VARIABLES = {"SET": "value", "EMPTY": "", "DOLLAR": "$SET", "lower_1": "l", "PORT": "80", "SPACE": "a b=c"}
NAMES = ["SET", "EMPTY", "DOLLAR", "lower_1", "UNSET", "NONE", "A", "B"]
OPERATORS = [":-", "-", ":+", "+", ":?", "?"]
PIECES = ["x", " ", "$", "$$", "{", "}", "${", "$.", "$1", "\n", ":", "-", "?", "+", "{}", "é", "a/b", "$SET}", "${}", "${1}"]
SCALARS = ["text", "1", "1.50", "3.10", "010", "08", "0x1F", "0o17", "0b11", "1_000", "1e3", "1.5e-7", "123456789.5",
           "1234567.0", "1e21", "1e20", "100000000000000000000", "18446744073709551615", "-5", "+5", "-0", ".5", "5.",
           "-0x1f", "true", "True", "TRUE", "yes", "on", "no", "null", "Null", "~", "", ".inf", "-.INF", ".nan", "'1.50'",
           '"true"', "1.2.3", "0.0001", "0.00001", "12345678901234567.5", "- 1", "1 2", "2024-01-01", "_1", "1__0", "0x",
           "0_7", "1e", "+.5", "00", "0.0", "123e-2", "1.e1", "-"]
DOTENV_LINES = ["A=1", "B = two", "export A=x", "A: y", "C='single $A'", 'C="double $A ${B:-d}"', 'D="a\\nb\\t\\$A\\"q\\""',
                "E='it\\'s'", "# comment", "", "  A=indented", "F=a #comment", "F=a#no", 'G="multi\nline" # c', "H",
                "SET", "I=$A$B", "J=${NONE:-$SET}", "K=", "L=''", 'M="', "N N=1", "?=1", "O=a\\nb", 'P="\\0101\\01\\0777\\c"',
                "Q.a-b[0]=1", "é=1", "R='a\nb'", "S=$$x", "T=\t tab \t", "export", "export U", "V=a  # b", "W=${", 'X="\\\\"',
                "Y=a\r", "Z==="]
KEYS = ["context", "dockerfile", "target", "args", "additional_contexts", "platforms", "dockerfile_inline", "x-own", "tags"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hits = collections.Counter()

    def chance(self, share):
        return self.random.random() < share

    def pick(self, table):
        return self.random.choice(table)

    def use(self, name, value):
        self.hits[name] += 1
        return value

    def text(self, depth=0):
        return "".join(self.piece(depth) for _ in range(self.random.randint(0, 4)))

    def piece(self, depth):
        if self.chance(0.3):
            return self.pick(PIECES)
        name = self.pick(NAMES)
        if self.chance(0.3):
            return self.pick(["$", "${"]) + name + ("}" if self.chance(0.5) else "")
        if depth > 3 or self.chance(0.2):
            return "${" + name + "}"
        return "${" + name + self.pick(OPERATORS) + self.text(depth + 1) + "}"

    def dotenv(self):
        """Ends with a line end: compose-go takes a last line that is only a NAME and lacks it for a value."""
        return "".join(self.pick(DOTENV_LINES) + "\n" for _ in range(self.random.randint(0, 6)))

    # ---- projects: lists of lines, indented as they stand below their key ----

    def project(self, folder):
        """Writes the files of a project and gives the names of those to pass."""
        (folder / "sub").mkdir(parents=True)
        (folder / "base.yaml").write_text(self.file(1, "base"))
        (folder / "sub" / "more.yaml").write_text(self.file(1, "sub"))
        names = ["compose.yaml"] + (["compose.override.yaml"] if self.chance(0.5) else [])
        for name in names:
            text = self.file(self.random.randint(1, 3), "main")
            if self.chance(0.1):
                text += self.use("two documents", "---\n") + self.file(1, "main")
            (folder / name).write_text(text)
        if self.chance(0.3):
            (folder / "sub" / ".env").write_text("UNSET=from-env\nSET=other\n")
        return names

    def file(self, services, where):
        lines = []
        self.marks = self.pick(["", "!reset", "services", "service", "build", "list"])
        if where == "main" and self.chance(0.2):
            lines += self.use("include", ["include:", "  - " + self.pick(["sub/more.yaml", "path: [sub/more.yaml, base.yaml]",
                                                                          "{path: sub/more.yaml, project_directory: .}"])])
        if self.chance(0.3):
            lines += self.use("anchors", ["x-args: &args", "  A: anchored", "  SET: ", "x-build: &build", "  context: shared",
                                          "  args: {B: '1'}"])
        lines.append("services:" + self.mark("services", 0.1))
        names = self.random.sample(["web", "api", "db"], services)
        has_anchors = any("&args" in line for line in lines)
        for name in names:
            lines += ["  " + line for line in self.service(name, names, where, has_anchors)]
        return "\n".join(lines) + "\n"

    def mark(self, level, share):
        """A file has marks of one kind and level: compose-go takes those inside an !override for mere texts."""
        return self.use("!override", " !override") if self.marks == level and self.chance(share) else ""

    def resets(self, share):
        return self.marks == "!reset" and self.chance(share)

    def service(self, name, names, where, has_anchors):
        lines = [f"{name}:{self.mark('service', 0.2)}", "  image: i"]
        if self.chance(0.1):
            lines.append("  platform: " + self.pick(["linux/amd64", "linux/arm64", "$UNSET"]))
        if self.chance(0.25):
            lines += self.extends(names, where)
        if self.chance(0.1):
            lines.append("  profiles: [debug]")
        if self.resets(0.1):
            return lines + [self.use("build reset", "  build: !reset null")]
        if self.chance(0.8):
            lines += ["  " + line for line in self.build(has_anchors)]
        return lines

    def extends(self, names, where):
        other = self.pick(names + ["web", "api"])
        if self.chance(0.4) or where != "main":
            return self.use("extends", [self.pick([f"  extends: {other}", f"  extends: {{service: {other}}}"])])
        file = self.pick(["base.yaml", "sub/more.yaml", "./base.yaml"])
        return self.use("extends of a file", ["  extends:", f"    service: {other}", f"    file: {file}"])

    def build(self, has_anchors):
        if self.chance(0.2):
            return self.use("short build", ["build: " + self.pick([".", "./a", "../b", "https://h/r.git#b", "$SET", "${UNSET}",
                                                                    "git@h:r", "/abs", "a/../b/", "'1'"])])
        if has_anchors and self.chance(0.2):
            return self.use("alias of a build", ["build: *build"])
        lines = [f"build:{self.mark('build', 0.3)}"]
        if has_anchors and self.chance(0.3):
            lines.append(self.use("merge key", "  <<: *build"))
        for key in self.random.sample(KEYS, self.random.randint(0, 4)):
            lines += ["  " + line for line in self.key(key, has_anchors)]
        return lines if len(lines) > 1 else ["build: {}"]

    def key(self, key, has_anchors):
        if key != "context" and self.resets(0.1):  # that of a short build stays when it is extended, for compose-go
            return self.use("reset", [f"{key}: !reset null"])
        if key == "args":
            return self.arguments(has_anchors)
        if key == "additional_contexts":
            return self.use("named contexts", self.pick([
                [f"{key}:", "  n: ./d", "  u: https://h/x"], [f"{key}: [n=./e, i=docker-image://alpine]"],
                [f"{key}:{self.mark('list', 0.4)}", "  n: 'service:web'"], [f"{key}: {{n: '$SET', t: ../t}}"]]))
        if key == "platforms":
            return [f"{key}: " + self.pick(["[linux/amd64]", "[linux/amd64, linux/arm64]", "['$UNSET']", "[]"])]
        if key == "dockerfile_inline":
            return self.use("inline", [f"{key}: |", "  FROM $SET", "  RUN echo $$x"])
        if key == "x-own":
            return [f"{key}: {{anything: [1, 2]}}"]
        if key == "tags":
            return [f"{key}: [a, b]"]
        return [f"{key}: " + self.pick(["t", "./d/D", "${SET}-x", "${UNSET:-dflt}", "'$UNSET'", "a.b", "$$x", "'${EMPTY-e}'"])]

    def arguments(self, has_anchors):
        self.hits["arguments"] += 1
        if self.chance(0.3):
            items = ["A=1", "B=$UNSET", "SET", "UNSET", "C=", "A=2", "D=${SET:-x}=y", "'=x'", "B"]
            return ["args:" + self.mark("list", 0.4)] + [f"  - {self.pick(items)}" for _ in range(self.random.randint(1, 4))]
        lines = ["args:" + self.mark("list", 0.4)]
        if has_anchors and self.chance(0.3):
            lines.append("  <<: *args")
        names = self.random.sample(["A", "B", "C", "SET", "UNSET"], self.random.randint(1, 4))
        for name in names:
            lines.append(f"  {name}: " + self.pick(SCALARS + ["$SET", "'$UNSET'", "!!str 1.50", "!reset z" if self.marks == "!reset" else "z"]))
        return lines
