"""Random .dockerignore files and paths: patterns of the mechanisms below, and soups of tokens."""

# {n} a name, {p} a path of one to three names.
PATTERNS = {
    "ignore: path": ["{p}", "/{p}", "./{p}/", "{p}/../{n}", "{p}//{n}", "../{n}"],
    "ignore: * in a name": ["*", "*.{n}", "{n}*", "{p}/*", "*/{n}", "a*b*"],
    "ignore: ?": ["?", "{n}?", "?/{n}"],
    "ignore: **/": ["**/{n}", "**/{p}", "**/*.{n}", "{n}/**/{n}"],
    "ignore: /**": ["{p}/**", "**", "**/", "{p}/**/*"],
    "ignore: ** within a name": ["{n}**", "**{n}", "a**b", "{n}**/{n}", "**a**"],
    "ignore: class": ["[ab]", "[a-c]{n}", "[^a]*", "[^a-]x", "[\\]\\-]", "[a]]", "*[b-z]", "[^^]"],
    "ignore: wildcard in a class": ["[*]", "[a?b]", "[**]", "[.]x", "[a*", "[?]*"],
    "ignore: escape": ["\\{n}", "a\\*", "\\*\\?", "{n}\\\\b", "\\[a\\]"],
    "ignore: escape of a regular expression": ["\\d", "{n}\\w*", "\\Aa", "a\\z", "a\\b", "\\Ba*", "\\x61", "\\141", "[\\d]", "[^\\W]", "\\t",
                                               "\\pL", "\\Qa", "[[:alpha:]]", "\\e", "\\C", "\\1", "\\8", "\\p1", "[\\x61-\\x63]"],
    "ignore: signs of regular expressions": ["a.b", "a+", "(a)", "a|b", "a{{2}}", "$a", "^a", "a^*", "a$*"],
    "ignore: exception": ["!{p}", "! {n}", "!{p}/**", "!**/{n}", "!*", "!/{n}", "!{n}*", "!./{p}"],
    "ignore: comment": ["# a", " # a", "#", "\\#a"],
    "ignore: blanks": [" {p} ", "\t{p}\r", "\u00a0{p}\u3000", "", "   ", "{n} {n}"],
    "ignore: byte order mark": ["\ufeff{n}", "\ufeff*", "\ufeff**"],
}
WRONG = {
    "ignore: refused": ["!", "! ", "!/", "[", "[]a]", "[a-]", "[-a]", "[^", "a[", "\\", "[a", "[\udcff]", "!["],
}
NAMES = ["a", "b", "ab", "c.go", ".git", "x-y", "a.b", "\u00e9", "a b", "]", "7", "_", "A"]
TOKENS = list("ab/*?[]^-\\!#.d1{}()|+$ \n:") + ["**", "**/", "/**", "[a-b]", "\\d", "\u00e9", "\udcff", "\ufeff", "[[:", ":]", "\\b", "\\W", "\n!"]


class Ignores:
    """Draws from a generator's random numbers, and counts in its hits."""

    def __init__(self, random, hits):
        self.random, self.hits = random, hits

    def file(self):
        """(bytes of the file, paths)"""
        if self.random.random() < 0.25:
            self.hits["ignore: soup of tokens"] += 1
            text = "".join(self.random.choice(TOKENS) for _ in range(self.random.randint(1, 10)))
        else:
            text = "\n".join(self.pattern() for _ in range(self.random.choice([1, 1, 2, 3, 4])))
        encode = lambda one: one.encode("utf-8", "surrogateescape")
        return encode(text), [encode(self.given_path()) for _ in range(6)]

    def pattern(self):
        table = PATTERNS if self.random.random() < 0.98 else WRONG
        name = self.random.choice(list(table))
        self.hits[name] += 1
        template = self.random.choice(table[name])
        while "{n}" in template:
            template = template.replace("{n}", self.random.choice(NAMES), 1)
        while "{p}" in template:
            template = template.replace("{p}", self.path(), 1)
        return template.replace("{{", "{").replace("}}", "}")

    def path(self):
        return "/".join(self.random.choice(NAMES[:8]) for _ in range(self.random.choice([1, 1, 2, 3])))

    def given_path(self):
        lucky = self.random.random()
        if lucky < 0.1:
            return "".join(self.random.choice(["a", "b", "/", "\udcff", "\n", "]", "^", "*", "\\", "\u00e9", "7", " "]) for _ in range(4))
        return self.path() if lucky < 0.97 else self.random.choice([".", "./a", "../a", "a/", "/a"])
