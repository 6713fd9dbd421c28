"""Random Dockerfiles and words from a seed: whole files made of the mechanisms below, some of them mutated, and soups of
tokens. Every mechanism counts how often it was used."""
import collections
import random
import re

import generate_graph

# Placeholders: {w} a word, {n} a variable, {s} a stage's name, {i} an image, {p} a path, {d} a digit, {c} a command.
# HEADS may stand above the first FROM.
HEADS = {
    "escape directive": ["# escape=`", "# ESCAPE = ` ", "#escape=\\"],
    "directive after a blank line": ["\n# escape=`"],
    "shebang": ["#!/bin/sh\n# escape=`\n# check=skip=all"],
    "indented directive": ["  # syntax=docker/dockerfile:1"],
    "syntax directive": ["# syntax=docker/dockerfile:1", "#syntax = a b"],
    "check directive": ["# check=skip=all", "# check=skip=A, B;error=false"],
    "directive without a value": ["# escape=", "# check=  "],
    "unknown directive": ["# unknown=1\n# escape=`"],
    "byte order mark": ["\ufeff# a"],
    "comment": ["# a comment", "  # b", "#", "# a\n\n# b"],
    "global argument": ["ARG {n}", "ARG {n}={w}", "ARG {n}=1 {n}=${n}", "ARG {n}=busybox", "ARG TARGETARCH",
                        "ARG {n}=${{{n}:-{s}}}"],
}
BAD_HEADS = {
    "directive given twice": ["# syntax=a\n# SYNTAX=b", "# check=a\n# check=b", "# escape=`\n# escape=`"],
    "invalid escape": ["# escape=x", "# escape=\\ x", "# escape=``"],
    "instruction before the first FROM": ["RUN a", "ENV a=b", "ONBUILD RUN x"],
    "global word refused": ["ARG {n}=${{{n}?no}}", "ARG {n}=\"x"],
}
BASES = {
    "FROM image": ["FROM {i}", "from {i}", "FROM {i} AS {s}", "FROM {i} as {s}", "FROM {i} AS {s}.x-y_0"],
    "FROM stage": ["FROM {s}", "FROM {s} AS {s}"],
    "FROM scratch": ["FROM scratch", "FROM scratch AS {s}"],
    "FROM with a variable": ["FROM ${{{n}:-busybox}}", "FROM busybox:v${n}", "FROM ${n}b AS {s}", "FROM {s}${n}",
                             "FROM \"busybox\"", "FROM base-$TARGETARCH", "FROM ${{TARGETOS}}x", "FROM busybox:${{{n}-1}}"],
    "FROM --platform": ["FROM --platform=linux/arm64 {i}", "FROM --platform=$BUILDPLATFORM {i}",
                        "FROM --platform=linux {i} AS {s}", "FROM --platform=$TARGETPLATFORM {s}"],
    "FROM continued": ["FROM\\\n {i}", "FROM {i} \\\n\n# c\n AS {s}"],
}
BAD_BASES = {
    "FROM refused": ["FROM", "FROM a b", "FROM a b c", "FROM a AS 1", "FROM a AS -x", "FROM a AS a/b", "FROM x --platform=p AS y",
                     "FROM --platform=a/b/c/d x", "FROM --platform=$NOPE {i}", "FROM SCRATCH", "FROM Bad", "FROM a:", "FROM ${n}",
                     "FROM a # c", "FROM --x=y a", "FROM a..b", "FROM ${{{n}?no}}", "FROM \"a", "FROM a AS K\u212a"],
}
GOOD = {
    "letters that become ASCII": ["WORKD\u0130R /x", "HEALTHCHEC\u212a NONE", "STOPSIGNAL \u017f\u0131gterm", "ONBUILD WORKD\u0130R /x",
                                  "FROM a a\u017f b", "ONBUILD MA\u0130NTAINER x"],
    "RUN text": ["RUN {c}", "run {c}", "Run {c} \\\n  && {c}", "RUN"],
    "RUN exec": ['RUN ["{w}", "b c"]', 'RUN ["a", "\\u00e9\\n"]', "RUN []"],
    "exec form that is text": ['RUN ["a",]', "RUN ['a']", 'RUN ["a"] b', 'CMD ["a\tb"]', 'CMD ["a",1e999]', "ENTRYPOINT [a]"],
    "RUN --network": ["RUN --network=none {c}", "RUN --network=host {c}", "RUN --network=default {c}"],
    "RUN --security": ["RUN --security=insecure {c}", "RUN --security=sandbox {c}"],
    "RUN --device": ["RUN --device=a.b/c=d {c}", "RUN --device=a.b/c=d,required {c}", "RUN --device=name=a.b/c=*,required=false {c}"],
    "mount bind": ["RUN --mount=target={p} {c}", "RUN --mount=type=bind,source={p},target={p},rw {c}",
                   "RUN --mount=type=bind,from={s},src=/x,dst={p} {c}", "RUN --mount=from={d},target=/x {c}",
                   "RUN --mount=type=bind,from=busybox,destination=$HOME/x,readonly=0 {c}"],
    "mount cache": ["RUN --mount=type=cache,target={p} {c}",
                    "RUN --mount=type=cache,id=i${n},target={p},sharing=locked,mode=0755,uid=1,gid=2 {c}",
                    "RUN --mount=type=cache,target={p},from={s},source=y,sharing=PRIVATE,ro {c}",
                    "WORKDIR /w\nRUN --mount=type=cache {c}"],
    "mount tmpfs": ["RUN --mount=type=tmpfs,target={p} {c}", "RUN --mount=type=tmpfs,size=1.5g,target={p} {c}",
                    "RUN --mount=type=tmpfs,target=/x,size=10MiB {c}"],
    "mount secret": ["RUN --mount=type=secret,id=s {c}", "RUN --mount=type=secret,id=s,target={p},required=TRUE,mode=0400 {c}",
                     "RUN --mount=type=secret,id=s,env=S {c}", "RUN --mount=type=secret,source=a,required,uid=0 {c}"],
    "mount ssh": ["RUN --mount=type=ssh {c}", "RUN --mount=type=ssh,id=k,required,target={p},gid=5 {c}"],
    "mounts together": ["RUN --mount=type=cache,target=/a --mount=type=bind,target=/b --network=none {c}"],
    "mount with quotes": ['RUN --mount=\\"target=/x,y\\" {c}', 'RUN --"mount"=type=tmpfs,target=/x {c}', "RUN --mount='target=/x y' {c}"],
    "flag with escapes": ["RUN --mount=target=/C:\\foo {c}", "COPY --chown=1\\0 {p} {p}", "COPY --exclude='a b' {p} {p}"],
    "flag with a letter of two bytes": ["COPY --exclude=é {p} {p}", "COPY --exclude=à {p} {p}"],
    "two dashes end the flags": ["RUN -- {c}", "CMD -- --help", "COPY --link -- a b"],
    "flag that nobody looks at": ["ARG --a=1 b=2", "STOPSIGNAL --a SIGTERM", "HEALTHCHECK --a NONE"],
    "flag behind an argument": ["COPY a /b --from=x", 'RUN "--mount=x" ls', "RUN a --mount=x"],
    "COPY": ["COPY {p} {p}", "COPY a b c /d/", "copy . .", 'COPY ["a b", "/c"]', "COPY ${n}/x {w}x"],
    "array that is a list": ['COPY ["a" "b"]', "ADD [a b]"],
    "COPY --from": ["COPY --from={s} {p} {p}", "COPY --from={d} {p} {p}", "COPY --from={i} {p} {p}", "COPY --FROM=x a b",
                    "COPY --from= a b"],
    "COPY --chown": ["COPY --chown=me {p} {p}", "COPY --chown=1:2 {p} {p}", "COPY --chown=${n}x:y {p} {p}"],
    "COPY --chmod": ["COPY --chmod=755 {p} {p}", "COPY --chmod=u+x,g=rX {p} {p}", "COPY --chmod=0${{{n}:+7}}7 {p} {p}"],
    "COPY --link": ["COPY --link {p} {p}", "COPY --link=TRUE {p} {p}", "COPY --link=false {p} {p}", "COPY --link --chown=1:root a b"],
    "COPY --exclude": ["COPY --exclude=*.o --exclude=**/x {p} {p}"],
    "COPY --parents": ["COPY --parents a/./b /c/", "COPY --parents=true a b /c/"],
    "ADD": ["ADD {p} {p}", 'ADD ["a", "b"]', "ADD http://h/f /x", "ADD https://h/r.git /x", "ADD git@h:r#x /x",
            "ADD https://h/r.git?ref=x /x"],
    "ADD of what is no URL": ["ADD https://{{h}}/r.git?bad=x /x", "ADD https://h:80x/r.git?bad=x /x", "ADD ssh://h/%zz?bad=x /x",
                              "ADD https://u@h:80/r.git?ref=x /x", "ADD http://h%41/r.git?bad=x /x", "ADD git://a:b:1/r?ref=x /x"],
    "ADD --keep-git-dir": ["ADD --keep-git-dir https://h/r.git /x", "ADD --keep-git-dir=false a b"],
    "ADD --checksum": ["ADD --checksum=sha256:" + "a" * 64 + " https://h/f /x"],
    "ADD --unpack": ["ADD --unpack a /b", "ADD --unpack=false http://h/x.tar /b"],
    "ADD --chown --chmod --link --exclude": ["ADD --chown=1:2 --chmod=640 --link --exclude=a b /c"],
    "heredoc in RUN": ["RUN <<EOF\n{c}\nEOF", "RUN <<EOF cat\n${n} {w}\nEOF", "RUN 3<<EOF cat\nx\nEOF", "RUN <<E\\\nOF\nx\nE", "RUN <<EOF\nEOF"],
    "heredoc, tabs": ["RUN <<-EOF bash\n\techo\n\tEOF", "COPY <<-A /x\n\ta\n\tA"],
    "heredoc, quoted name": ["RUN <<'EOF'\n$X\nEOF", "RUN <<E\"O\"F\nx\nEOF", "RUN <<\\EOF\nx\nEOF", "COPY <<\"A\" /x\n$NO ${{x\nA"],
    "heredoc with a shebang": ["RUN <<EOF\n#!/bin/sh\nx\nEOF"],
    "heredocs, several": ["RUN <<A <<B\n1\nA\n2\nB", "COPY <<A <<A /x\n1\nA\n2\nA", "COPY f <<A <<B /x/\n1\nA\n2\nB"],
    "heredoc in COPY": ["COPY <<A /x\n{w} \\$X \"${n}\"\nA", "COPY << EOF /x\na\nEOF", "ADD <<A /y\n${{{n}:-d}}\nA"],
    "heredoc of an array": ['COPY ["<<EOF", "/x"]'],
    "what is no heredoc": ["RUN echo $((1<<2))", "RUN echo it's <<EOF", "RUN cat <<<x", "RUN \"<<EOF\"", "USER <<U", "RUN cat<<EOF"],
    "heredoc after a continued line": ["RUN <<EOF \\\n x\nbody\nEOF", "RUN a \\\n <<EOF\nbody\nEOF"],
    "heredoc with an operator": ["RUN cat <<EOF>f\nx\nEOF>f", "RUN echo 1<<2\n2", "RUN echo # <<EOF\nEOF", "RUN <<EOF\na\n EOF\nEOF"],
    "ENV": ["ENV {n}={w}", "ENV {n}={w} {n}=${n}", "ENV {n}=a\\ b", "ENV {n}=\"a b\" x='c d'", "ENV {n}=", "env a.b=c"],
    "ENV, legacy": ["ENV {n} a b", "ENV {n} b c=d", "ENV {n} b # c", "ENV {n}  ${n}"],
    "ENV, before the line": ["ENV {n}=hello\nENV {n}=bye def=${n}"],
    "LABEL": ["LABEL l={w}", "LABEL \"a b\"=c", "LABEL l${n}=${{{n}:-x}} m='${n}'", "LABEL a b c", "LABEL a=\\\n b"],
    "ARG": ["ARG {n}", "ARG {n}={w}", "ARG {n}=1 {n}=${n}", "ARG \"X\"=1", "ARG a b", "ARG {n}=b # c", "ARG {n}=${{{n}:-{w}}}"],
    "ARG and ENV of one name": ["ENV {n}=1\nARG {n}=2\nLABEL l=${n}", "ARG {n}=1\nENV {n}=2\nLABEL l=${n}", "ARG {n}\nLABEL l=${n}"],
    "automatic arguments": ["ARG TARGETARCH\nLABEL l=$TARGETARCH", "ARG BUILDPLATFORM TARGETSTAGE\nENV p=$BUILDPLATFORM$TARGETSTAGE"],
    "default that is not evaluated": ["ARG GIVEN=${{Y:?no}}"],
    "EXPOSE": ["EXPOSE 80", "EXPOSE 80/udp 81-83", "EXPOSE 80${{{n}:-81}}", "EXPOSE ${{NOPE:-90 91}}", "EXPOSE 127.0.0.1:80:80",
               "EXPOSE 8\\\n0"],
    "CMD and ENTRYPOINT": ["CMD {c}", 'CMD ["{w}"]', "CMD", "ENTRYPOINT []", 'ENTRYPOINT ["a", "b"]', "ENTRYPOINT {c}"],
    "HEALTHCHECK": ["HEALTHCHECK NONE", "HEALTHCHECK CMD {c}", 'healthcheck cmd ["a"]', "HEALTHCHECK --interval=0 CMD x"],
    "HEALTHCHECK --interval": ["HEALTHCHECK --interval=5s CMD x", "HEALTHCHECK --interval=1h2m3.5s CMD x"],
    "HEALTHCHECK --timeout": ["HEALTHCHECK --timeout=5m CMD x"],
    "HEALTHCHECK --start-period": ["HEALTHCHECK --start-period=500ms CMD x"],
    "HEALTHCHECK --start-interval": ["HEALTHCHECK --start-interval=+5s CMD x"],
    "HEALTHCHECK --retries": ["HEALTHCHECK --retries=3 CMD x", "HEALTHCHECK --retries=0 CMD x"],
    "SHELL": ['SHELL ["bash", "-c"]', "SHELL []"],
    "STOPSIGNAL": ["STOPSIGNAL SIGTERM", "STOPSIGNAL 9", "STOPSIGNAL RTMIN+3", "STOPSIGNAL ${{NOPE:-term}}"],
    "USER": ["USER u", "USER ${{{n}:-u}}:g", "USER x # c"],
    "WORKDIR": ["WORKDIR /w", "WORKDIR a/b", "WORKDIR /w/$NOPE", "WORKDIR /x # c"],
    "VOLUME": ["VOLUME /v", 'VOLUME ["/a", "/b c"]', "VOLUME /a /b", "VOLUME /v${n}"],
    "MAINTAINER": ["MAINTAINER a b <c@d>"],
    "ONBUILD": ["ONBUILD RUN {c}", "ONBUILD COPY a b", "ONBUILD ENV a=b", "ONBUILD FOO x", "ONBUILD RUN <<EOF\nx\nEOF",
                "ONBUILD LABEL t=${n}", "ONBUILD ENV A=x\\ B=y", "ONBUILD ARG {n}=o", "ONBUILD USER ${{{n}:-t}}", "onbuild cmd a"],
    "ONBUILD that copies from a stage": ["ONBUILD COPY --from={s} a b"],
    "continuation": ["RUN a \\ \t\n b", "RUN a \\\n\n\n b", "RUN a \\\n # c \\\n b # d", "\\\nRUN a", "RUN a \\\n# c\n\n  b", "ENV a=b\\\nc=d"],
    "no continuation": ["RUN a \\\n\\\\", "RUN a \\\\\nRUN b", "RUN a \\\\\\\nRUN b"],
    "comment above": ["# about x\nARG x", "# a\n\n# b\nCMD x", "  # c\nRUN x", "# a\n#\n# b\nENV x=y"],
    "carriage returns": ["RUN a \\\r\n  c\r", "ENV a=b\r", "RUN <<EOF\r\nx\r\nEOF\r"],
    "blanks": ["\tRUN\ta", "RUN \x0b a", "COPY a\x0cb c", "   ENV   a=b   "],
    "bytes that are no text": ["ENV a=\udcff", "RUN \udc80", "LABEL a=\udcc3(", "COPY \udce9 /x"],
}
BAD = {
    "letters that stay": ["WORKD\u0131R /x", "EXPO\u017fE 1", "STOPSIGNAL S\u0130GTERM", "ONBUILD MA\u0131NTAINER x", "FROM a \u00e5s b",
                          "RUN --mount=typ\u00c9=bind x"],
    "two options of a git source": ["ADD https://h/r.git?bad=x&ref= /x", "COPY https://h/r.git?ref=a&tag=b&mtime=c /x"],
    "unknown instruction": ["FOO x", "\\\\", "RUN\u00a0a", "FORM x"],
    "no continuation at a hard space": ["RUN a \\\u00a0\nRUN b"],
    "unknown flag": ["CMD --foo bar", "ENTRYPOINT --foo", "ENV --a=1 b=2", "RUN --mont=x y", "COPY --fron=x a b"],
    "flag given twice": ["COPY --link=false --link a b", "ADD --chmod=1 --chmod=2 a b"],
    "flag value refused": ["COPY --link=1 a b", "COPY --link= a b", "COPY --chown a b", "RUN --network=x y", "RUN --security=x y",
                           "RUN --device=a=b,c y", "HEALTHCHECK --interval=5 CMD x", "HEALTHCHECK --interval=-1s CMD x",
                           "HEALTHCHECK --interval=5µs CMD x", "HEALTHCHECK --retries=x CMD x", "HEALTHCHECK --retries=-1 CMD x"],
    "array of something else": ['RUN ["a", 1]', "CMD [null]", "CMD [[]]", 'SHELL ["a"] # c', "SHELL x"],
    "arguments missing": ["COPY a", "ADD", "ENV", "ARG", "LABEL", "EXPOSE", "USER", "WORKDIR", "VOLUME", "STOPSIGNAL", "MAINTAINER",
                          "ONBUILD", "HEALTHCHECK", "SHELL", "HEALTHCHECK CMD", "HEALTHCHECK FOO x", "HEALTHCHECK NONE x"],
    "pairs refused": ["ENV a=b # c", "LABEL a=b # c", "ENV a\\=b c", "ENV a\u00a0b", "ENV =x", "LABEL a", "ONBUILD ENV x", "ARG =x"],
    "word refused": ["ENV a=\"x", "COPY \"a b\" c", "LABEL l=${{{n}:?no}}", "LABEL a=${{x", "USER ${{{n}", "LABEL a=${{{n}*}}", "LABEL a=${{{n}/b}}"],
    "heredoc refused": ["COPY f <<EOF\nx\nEOF", "RUN echo $((1 << 2))", "RUN <<EOF\nx"],
    "heredoc body refused": ["COPY <<A /x\n${{{n}?no}}\nA", "COPY <<A /x\n${{\nA"],
    "dispatch refused": ["EXPOSE 80 # c", "EXPOSE 70000", "EXPOSE 9-8", "STOPSIGNAL 9 # c", "STOPSIGNAL NOPE", "COPY --chmod=9 a b",
                         "ADD --checksum=x https://h/f /x", "COPY --link --chown=me a b", 'VOLUME ["$NOPE"]', "ADD https://h/r.git?bad=x /x"],
    "from with a variable": ["COPY --from=${n} a b", "RUN --mount=from=${n},target=/x {c}"],
    "mount refused": ["RUN --mount=size=10m,type=tmpfs,target=/x y", "RUN --mount=required,type=secret,id=a y", "RUN --mount=type=bind, target=/x",
                      "RUN --mount=type=x,target=/y z", "RUN --mount=target=/ y", "RUN --mount=bogus=1 y", "RUN --mount=bogus y",
                      "RUN --mount=type=cache,target=/x,sharing=no y", "RUN --mount=type=secret y", "RUN --mount=readonly=yes,target=/x y",
                      "RUN --mount=a\"b y", "RUN --mount= y", "RUN --mount=mode=8,type=cache,target=/x y", "RUN --mount=type=bind,uid=1,target=/x y"],
    "trigger not allowed": ["ONBUILD FROM x", "ONBUILD ONBUILD RUN x", "ONBUILD MAINTAINER x"],
    "stage that copies from itself or later": ["COPY --from={d} a b"],
    "triggers refused where they fire": [
        f"FROM busybox AS t\nONBUILD {one}\nFROM t" for one in (
            "FOO x", "form x", "COPY a", "ADD --fron=x a b", "RUN --mont=x y", "COPY --link=1 a b", "COPY --link --link a b", "EXPOSE 90x",
            "RUN --mount=type=secret y", "RUN --mount=bogus=1 y", "HEALTHCHECK --retries=x CMD x", "HEALTHCHECK FOO x", "SHELL x", "USER",
            "COPY --from=9 a b", "COPY --from=$x a b", "COPY --from=BAD a b", "RUN --mount=from=$x,target=/x y", "RUN --mount=from=BAD,target=/x y",
            "VOLUME $x", "ENV a=${{x?no}}", "STOPSIGNAL nope", "LABEL =x", "RUN --network=x y", "COPY --chmod=9 a b", "ADD --checksum=x a b",
            "COPY --chown=x --link a b", "WORKDIR ${{x:?no}}", "HEALTHCHECK CMD", "COPY http://h/x /y")],
    "git source refused": ["ADD https://h/r.git?ref=x#y /x", "ADD https://h/r.git?subdir=a#x:b /x", "ADD https://h/r.git?keep-git-dir=z /x",
                           "ADD https://h/r.git?keep-git-dir=&submodules=2 /x", "ADD https://h/r.git?tag=a&branch=b /x",
                           "ADD https://h/r.git?tag=v1#v2 /x", "ADD https://h/r.git?branch=m#refs/heads/n /x", "ADD https://h/r.git?mtime=now /x",
                           "ADD https://h/r.git?ref=a&ref=b /x", "ADD https://h/r.git?bad= /x", "ADD https://h/r.git?fetch-by-commit=x /x"],
    "address refused": ["EXPOSE [::1]:80:80", "EXPOSE [::1:80:80", "EXPOSE [a]:1:2", "EXPOSE ::1:80:80", "EXPOSE 1.2.3:80:80", "EXPOSE :80:80",
                        "EXPOSE [::1]x:80:80", "EXPOSE 256.0.0.1:1:2", "EXPOSE [fe80::1%25e]:1:2", "EXPOSE 1.2.3.4::80", "EXPOSE 01.2.3.4:1:2",
                        "EXPOSE []:1:2", "EXPOSE [[::1]]:1:2", "EXPOSE ::ffff:1.2.3.4:1:2", "EXPOSE []]:1:2"],
    "blank volume": ['VOLUME [""]', 'VOLUME ["  "]'],
}
OPERATORS = ["", ":-", "-", ":+", "+", ":?", "?", "#", "##", "%", "%%", "/", "//"]
VARIABLES = {"X": "banana", "E": "", "S": "80  81 ", "P": "a*", "Q": "a\\b", "M": "x\ny", "\u00e9": "acc", "L": "a/b/c.d-e", "B": "\\"}
WORD_TOKENS = """$ ${ } { " ' \\ ` X E S P Q M é L U N B : - + ? # % / * a b n < << = ! @ 1 0 _ . \\* \\? $X ${X ${N:- ${X# ${X% ${X// ${X/
    ${L##*/ ${L% ${S} $S ${U:-w} ${E:+ ${X:?m} ${N? K [a-z] ( ^ | $0 ${0} $$ ٣""".split() + [" ", "\t", "\n", "\ufeff", "\u2003", "\u00a0"]
SOUP = """\\ ` $ { } = a b=c # << <<EOF <<-EOF <<"E" <<'E' < 3<<A -- --from=x --mount=type=bind --mount=from=$x,a --link --link=maybe --network=x
    --interval=5s --x [ ] , ["a","b"] ["a",1] [1e999] {"a":[1,null]} AS NONE CMD $x ${x} ${x:-y} ${x-"}"} $( 1 - --= --- busybox /x/ \\" \\'
    ${x#a/b} ${x/a/b} " '""".split() + [" ", " ", "\t", "\n", "\n", "\\\n", "\\ \n", "`\n", "# c\n", "#\n", "\nEOF\n", "\tEOF\n", "\nE\n", "\nA\n", "\r",
                                     "\r\n", "\x00", "\x0b", "\x0c", "\u00a0", "\u0085", "\u2003", "\ufeff", "\udcff", "\udc85", "é"]
KEYWORDS = """FROM RUN COPY ADD ENV ARG LABEL CMD ENTRYPOINT EXPOSE HEALTHCHECK ONBUILD SHELL STOPSIGNAL USER VOLUME WORKDIR MAINTAINER run Env
    FOO""".split() + ["ONBUILD RUN", "ONBUILD COPY", "HEALTHCHECK CMD", "FROM a\nRUN"]


def encode(text):
    return text.encode("utf-8", "surrogateescape")


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hits = collections.Counter()

    def graph(self):
        """(bytes, target, build arguments) of a file of many stages"""
        text, target = generate_graph.Stages(self.random, self.hits).file()
        return encode(text), target, {"BASE": self.random.choice(["b", "busybox"])} if self.random.random() < 0.2 else {}

    def dockerfile(self):
        """(bytes, target, build arguments)"""
        lucky = self.random.random()
        if lucky < 0.12:
            text = encode(self.soup())
        else:
            text = encode(self.file())
            if lucky < 0.3:
                text = self.mutate(text)
        arguments = {"GIVEN": "g"} if self.random.random() < 0.3 else {}
        for name in "XYZ":
            if self.random.random() < 0.08:
                arguments[name] = self.random.choice(["g", "busybox", "", "b", "80"])
        target = self.random.choice(["a", "b", "B", "0", "nope"]) if self.random.random() < 0.05 else ""
        return text, target, arguments

    def word(self):
        """(bytes, escape, variables)"""
        pick = self.random.choice
        if self.random.random() < 0.5:
            text = encode(self.expansion(0))
        else:
            text = b"".join(encode(pick(WORD_TOKENS)) if self.random.random() < 0.97 else bytes([self.random.randrange(256)])
                            for _ in range(self.random.randint(1, 9)))
            text += b"}" if self.random.random() < 0.3 else b""
        variables = dict(VARIABLES)
        if self.random.random() < 0.5:
            variables["U"] = pick(["", "banana", "z", "a b"])
        return text, pick("\\\\\\`"), {name.encode().decode("latin-1"): value for name, value in variables.items()}

    def use(self, table):
        name = self.random.choice(list(table))
        self.hits[name] += 1
        return self.fill(self.random.choice(table[name]))

    def fill(self, template):
        if "{" not in template:
            return template
        pick = self.random.choice
        parts = {"w": lambda: self.expansion(1), "n": lambda: pick("XYZP"), "s": lambda: pick(["a", "b", "c", "B", "scratch", "base-amd64"]),
                 "i": lambda: pick(["busybox", "alpine:3", "reg.io/x", "r:5000/y:t", "library/z@sha256:" + "a" * 64]),
                 "p": lambda: pick(["/x", "a", "./b", "/t/u", "$X/y"]), "d": lambda: pick("0012"), "c": lambda: pick(["ls", "make -j2", "a && b", "echo \"$X\" 'y'"])}
        filled = re.sub(r"\{([wnsipdc])\}", lambda match: parts[match[1]](), template)
        return filled.replace("{{", "{").replace("}}", "}")

    def file(self):
        lines = []
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            lines.append(self.use(HEADS if self.random.random() < 0.97 else BAD_HEADS))
        for _ in range(self.random.choice([1, 1, 1, 2, 2, 3])):
            lines.append(self.use(BASES if self.random.random() < 0.97 else BAD_BASES))
            for _ in range(self.random.choice([0, 1, 2, 3])):
                lines.append(self.use(GOOD if self.random.random() < 0.94 else BAD))
        end = "" if self.random.random() < 0.05 else "\n"
        return "\n".join(lines) + end

    def soup(self):
        pick = self.random.choice
        self.hits["soup of tokens"] += 1
        text = pick(["", "# escape=`\n", "FROM a\n", "FROM a\n", "FROM a AS b\n", "\n", "\ufeff"])
        for _ in range(self.random.randint(1, 4)):
            text += pick(KEYWORDS) + " " * (self.random.random() < 0.9)
            for _ in range(self.random.randint(0, 7)):
                text += pick(SOUP) + " " * (self.random.random() < 0.3)
            text += "\n"
        return text + pick(["", "EOF\nE\nA\n"])

    def mutate(self, text):
        self.hits["mutation"] += 1
        text = bytearray(text)
        for _ in range(self.random.randint(1, 4)):
            at, kind = self.random.randint(0, len(text)), self.random.random()
            if kind < 0.5:
                text[at:at] = encode(self.random.choice(SOUP))
            elif kind < 0.8:
                del text[at:at + self.random.randint(1, 10)]
            else:
                start = self.random.randint(0, len(text))
                text[at:at] = text[start:start + self.random.randint(1, 40)]
        return bytes(text)

    def expansion(self, depth):
        """A word that uses the operators as they are meant."""
        pick, kind = self.random.choice, self.random.random()
        name = pick("XYZPESLQU" if depth == 0 else "XYZP")
        if kind < 0.25:
            return pick(["v", "1", "q.r", "a/b", "lit-x"])
        if kind < 0.35:
            self.hits["$name"] += 1
            return "$" + name
        if kind < 0.80 and depth < 3:
            operator = pick(OPERATORS)
            if operator in (":?", "?") and self.random.random() < 0.7 and depth:
                operator = ":-"
            self.hits["${name" + operator + "}"] += 1
            if not operator:
                return "${%s}" % name
            operand = self.expansion(depth + 1) if self.random.random() < 0.6 else pick(["", "a*", "*/", "?", "\\*", "b\\b", "an", "'a'"])
            if operator in ("/", "//"):
                operand += "/" + pick(["", "k", "\\$1", "'r s'"])
            return "${%s%s%s}" % (name, operator, operand)
        if kind < 0.92:
            self.hits["quotes"] += 1
            quote = pick("\"'")
            return quote + pick(["${%s}" % name, "k", "$Y z", "\\n"]) + quote
        self.hits["escapes and odd dollars"] += 1
        return pick(["\\$X", "$$", "$1x", "$.", "a$", "a\\ b", "\\\\"])
