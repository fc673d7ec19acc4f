# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads C just far enough to ask about its shape: functions and their length, includes, declarations at file level,
switches. No compiler: comments and literals are blanked out, braces are counted."""
import re

BLANKED = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    """The text with comments gone and literals emptied; lines stay where they are."""

    def keep_lines(match):
        piece = match.group(0)
        if piece[0] in "\"'":
            return piece[0] + piece[0]
        return re.sub(r"[^\n]", " ", piece)

    return BLANKED.sub(keep_lines, text)


def without_directives(code):
    """Preprocessor lines blanked out, with their continuation lines."""
    out, inside = [], False
    for line in code.split("\n"):
        is_directive = inside or line.lstrip().startswith("#")
        inside = is_directive and line.rstrip().endswith("\\")
        out.append("" if is_directive else line)
    return "\n".join(out)


def includes(text):
    """(line, name, is_system) of each #include."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            found.append((number, match.group(2), match.group(1) == "<"))
    return found


class Piece:
    """A stretch of code at file level: a function, or a declaration with its braces emptied."""

    def __init__(self, head, body, first, last):
        self.head, self.body, self.first, self.last = head, body, first, last

    @property
    def is_function(self):
        head = self.head.strip()
        return self.body is not None and head.endswith(")") and "=" not in head.split("(")[0]

    @property
    def name(self):
        match = re.search(r"(\w+)\s*\(", self.head)
        return match.group(1) if match else "?"

    @property
    def n_lines(self):
        return self.last - self.first + 1


def pieces(text):
    """Every piece at file level, in order."""
    code = re.sub(r"(?m)^G_DEFINE_\w+\([^()]*\);?", "", without_directives(blank(text)))
    found, depth, head, body = [], 0, "", ""
    line, first, had_brace = 1, None, False
    for char in code:
        if depth == 0 and first is None and not char.isspace():
            first = line
        if char == "{":
            depth += 1
            had_brace = True
        elif char == "}":
            depth -= 1
        elif depth == 0:
            head += char
        if depth > 0 or char == "}":
            body += char
        piece = Piece(head, body if had_brace else None, first, line)
        ends = (char == ";" and depth == 0) or (char == "}" and depth == 0 and piece.is_function)
        if ends:
            found.append(piece)
            head, body, first, had_brace = "", "", None, False
        if char == "\n":
            line += 1
    return found


def functions(text):
    return [piece for piece in pieces(text) if piece.is_function]


def is_constant(declaration):
    """True if what is declared cannot change: const behind the last star, or const and no star."""
    declarator = declaration.split("=")[0]
    if "*" in declarator:
        return re.match(r"\s*const\b", declarator.rsplit("*", 1)[1]) is not None
    return re.search(r"\bconst\b", declarator) is not None


def mutable_state(text):
    """(line, code) of variables at file level, or static in a function, that can change."""
    found = []
    for piece in pieces(text):
        if piece.is_function:
            for match in re.finditer(r"\bstatic\s+([^;({=]*)", piece.body):
                if not is_constant(match.group(1)):
                    found.append((piece.first + piece.body[: match.start()].count("\n"), match.group(0).strip()))
            continue
        head = piece.head.strip().rstrip(";").strip()
        declarator = head.split("=")[0].strip()
        if re.match(r"(typedef|extern)\b", head) or "(" in declarator or not declarator:
            continue
        if re.fullmatch(r"(static\s+)?(struct|enum|union)(\s+\w+)?", declarator) and "=" not in head:
            continue
        if not is_constant(declarator):
            found.append((piece.first, " ".join(head.split())))
    return found


def enum_words(text):
    """Names of all enumeration constants that the text defines."""
    words = set()
    for match in re.finditer(r"\benum\b[^;{()]*\{([^}]*)\}", without_directives(blank(text))):
        words.update(re.findall(r"\b([A-Z][A-Z0-9_]+)\b\s*(?:=[^,]*)?(?:,|$)", match.group(1).strip()))
    return words


def flags(text):
    """(line, name, bit) of each constant that an enumeration gives one bit, NAME = 1 << BIT; an enumeration a list."""
    code = without_directives(blank(text))
    found = []
    for match in re.finditer(r"\benum\b[^;{()]*\{([^}]*)\}", code):
        found.append([(code.count("\n", 0, match.start(1) + flag.start()) + 1, flag.group(1), int(flag.group(2)))
                      for flag in re.finditer(r"\b(\w+)\s*=\s*\(?\s*1[UL]*\s*<<\s*(\d+)", match.group(1))])
    return [of_one for of_one in found if of_one]


def switches(text):
    """(line, labels, has_default) of each switch; nested ones give their labels to themselves only."""
    code = without_directives(blank(text))
    found = []
    for match in re.finditer(r"\bswitch\s*\(", code):
        start = code.find("{", match.end())
        depth, at = 0, start
        own = []
        while at < len(code):
            if code[at] == "{":
                depth += 1
            elif code[at] == "}":
                depth -= 1
                if depth == 0:
                    break
            elif depth == 1:
                own.append(code[at])
            at += 1
        body = "".join(own)
        labels = re.findall(r"\bcase\s+([^:?]+?)\s*:", body)
        found.append((code[: match.start()].count("\n") + 1, labels, re.search(r"\bdefault\s*:", body) is not None))
    return found


def calls(text, name):
    """(line, [argument, ...]) of each call of NAME, literals kept."""
    found = []
    text = BLANKED.sub(lambda m: m.group(0) if m.group(0)[0] in "\"'" else re.sub(r"[^\n]", " ", m.group(0)), text)
    for match in re.finditer(rf"\b{name}\s*\(", text):
        depth, argument, arguments, at, quote = 0, "", [], match.end(), None
        while at < len(text) and (depth >= 0 or quote):
            char = text[at]
            if quote:
                quote = None if char == quote and text[at - 1] != "\\" else quote
            elif char == '"':
                quote = char
            elif char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            if depth == 0 and char == "," and not quote:
                arguments.append(argument.strip())
                argument = ""
            elif depth >= 0:
                argument += char
            at += 1
        found.append((text[: match.start()].count("\n") + 1, [*arguments, argument.strip()]))
    return found
