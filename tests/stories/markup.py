# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a page, a mail's HTML, a feed: the HTML standard's parse errors (html5lib, strict) and the rules of content that
no parser tells; RFC 4287 for Atom. Each function gives a list of sentences; [] is a document without a fault."""
import contextlib
import re
import sys
from xml.etree import ElementTree

with contextlib.suppress(ImportError):
    import html5lib
if "html5lib" not in sys.modules:
    sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, where another Python runs the stories
    with contextlib.suppress(ImportError):
        import html5lib

INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
VOID_OLD = {"center", "font", "big", "tt", "strike", "acronym", "marquee", "nobr", "frame", "frameset", "applet", "basefont"}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"},
            "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}, "select": {"option", "optgroup", "hr"}}
PARENTS = {"li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "summary": {"details"}, "legend": {"fieldset"},
           "caption": {"table"}, "option": {"select", "optgroup", "datalist"}, "figcaption": {"figure"}}
ATTRIBUTES = {"a": "href hreflang rel type download", "link": "rel href type hreflang media", "meta": "name content charset http-equiv property",
              "form": "method action autocomplete", "input": "type name value checked required maxlength minlength inputmode autocomplete min max pattern",
              "button": "type name value", "textarea": "name rows cols required maxlength", "select": "name required", "option": "value selected",
              "label": "for", "time": "datetime", "th": "scope colspan rowspan abbr headers", "td": "colspan rowspan headers", "ol": "start reversed type", "li": "value",
              "details": "open name", "blockquote": "cite", "html": "xmlns", "img": "src alt width height", "svg": "viewBox preserveAspectRatio width height",
              "rect": "x y width height", "col": "span", "q": "cite", "table": "border cellpadding cellspacing width", "script": "type"}
EVERYWHERE = {"id", "class", "lang", "dir", "hidden", "tabindex", "title", "role", "style", "translate"}
EMPTY = re.compile(r"^\s*$")


def why_not():
    return None if "html5lib" in sys.modules else "html5lib is not installed"


def texts(element):
    return "".join(element.itertext())


def walk(element, path=()):
    for child in element:
        if not isinstance(child.tag, str):
            continue
        yield child, path + (element,)
        yield from walk(child, path + (element,))


def attribute_faults(e):
    allowed = set(ATTRIBUTES.get(e.tag, "").split())
    for name, value in e.attrib.items():
        if name not in EVERYWHERE | allowed and not name.startswith(("aria-", "data-")) and not isinstance(name, tuple):
            yield f"<{e.tag}> has no attribute {name}"
        if name == "id" and (EMPTY.match(value) or re.search(r"\s", value)):
            yield f"id {value!r}"
        if name == "lang" and not re.match(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$", value):
            yield f"lang {value!r}"
        if name in ("href", "action") and (EMPTY.match(value) and name == "action" or re.search(r"[\s\"<>`{}|\\^]", value)):
            yield f"{name} {value!r}"
        if name == "datetime" and not re.match(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z))?$", value):
            yield f"datetime {value!r}"


def place_faults(e, above):
    parent = above[-1].tag if above else None
    if e.tag in VOID_OLD:
        yield f"<{e.tag}> is obsolete"
    if parent in CHILDREN and e.tag not in CHILDREN[parent] | {"script", "template"}:
        yield f"<{e.tag}> in <{parent}>"
    if e.tag in PARENTS and parent not in PARENTS[e.tag]:
        yield f"<{e.tag}> outside {PARENTS[e.tag]}, in <{parent}>"
    names = [a.tag for a in above]
    if e.tag in ("a", "button", "input", "select", "textarea") and any(n in ("a", "button", "summary") for n in names):
        yield f"<{e.tag}> inside something that is pressed"
    if e.tag == "label" and "label" in names or e.tag == "form" and "form" in names:
        yield f"<{e.tag}> in itself"
    if e.tag in ("main", "header", "footer") and e.tag == "main" and any(n in ("article", "aside", "footer", "header", "nav") for n in names):
        yield "<main> is deep inside"
    if e.tag in ("h1", "h2", "h3", "title", "a", "button", "label", "legend", "summary", "dt", "th", "option", "caption", "li") and not e.get("aria-hidden"):
        is_named = e.get("aria-label") or not EMPTY.match(texts(e)) or any(c.tag in ("input", "form", "img") for c in e.iter())
        if not is_named and not (e.tag == "option" and e.get("value") is not None):
            yield f"<{e.tag}> without words"
    if e.tag in ("ul", "ol", "dl", "table", "select") and not any(isinstance(c.tag, str) for c in e):
        yield f"an empty <{e.tag}>"


def reference_faults(all_elements):
    ids = [e.get("id") for e, _ in all_elements if e.get("id") is not None]
    known = set(ids)
    for one in known:
        if ids.count(one) > 1:
            yield f"id {one!r} twice"
    labelled = {e.get("for") for e, _ in all_elements if e.tag == "label"}
    for e, above in all_elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
            for one in (e.get(name) or "").split():
                if one not in known:
                    yield f"{name} {one!r} is not there"
        if e.tag == "a" and (e.get("href") or "").startswith("#") and len(e.get("href")) > 1 and e.get("href")[1:] not in known:
            yield f"href {e.get('href')!r} leads nowhere"
        if e.tag == "label" and e.get("for") and e.get("for") not in known:
            yield f"label for {e.get('for')!r}, which is not there"
        if e.tag in ("input", "select", "textarea") and e.get("type") not in ("hidden", "submit") and e.get("id") not in labelled \
                and not any(a.tag == "label" for a in above) and not e.get("aria-label"):
            yield f"<{e.tag} name={e.get('name')}> has no label"


def heading_faults(all_elements):
    levels = [int(e.tag[1]) for e, _ in all_elements if re.match(r"^h[1-6]$", e.tag)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} times h1"
    for above, below in zip(levels, levels[1:]):
        if below > above + 1:
            yield f"h{below} below h{above}"


def html_faults(text, is_mail=False):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=False)
    root = parser.parse(text)
    faults = [f"line {where[0]}: {code}" for where, code, _ in parser.errors]
    everything = list(walk(root))
    for e, above in everything:
        if ":" in e.tag or "}" in e.tag:
            continue
        faults += list(attribute_faults(e)) if not is_mail else []
        faults += place_faults(e, above)
    faults += reference_faults(everything)
    if not is_mail:
        faults += heading_faults(everything)
        if not root.get("lang"):
            faults.append("no language")
        if [e.tag for e, _ in everything].count("main") != 1 or [e.tag for e, _ in everything].count("title") != 1:
            faults.append("not one main and one title")
    return faults


# ---- Atom
NS = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
FEED = {"author": "*", "category": "*", "contributor": "*", "generator": "?", "icon": "?", "id": "1", "link": "*", "logo": "?", "rights": "?",
        "subtitle": "?", "title": "1", "updated": "1", "entry": "*"}
ENTRY = {"author": "*", "category": "*", "content": "?", "contributor": "*", "id": "1", "link": "*", "published": "?", "rights": "?", "source": "?",
         "summary": "?", "title": "1", "updated": "1"}


def container_faults(element, allowed, what):
    tags = [child.tag.replace(NS, "") for child in element if child.tag.startswith(NS)]
    for tag in set(tags) - set(allowed):
        yield f"{what}: <{tag}> does not belong there"
    for tag, times in allowed.items():
        if (times == "1" and tags.count(tag) != 1) or (times == "?" and tags.count(tag) > 1):
            yield f"{what}: {tags.count(tag)} times <{tag}>"


def part_faults(element, what):
    for child in element:
        tag, text = child.tag.replace(NS, ""), child.text or ""
        if tag in ("updated", "published") and not DATE.match(text):
            yield f"{what}: {tag} {text!r} is no date of RFC 3339"
        if tag == "id" and not re.match(r"^[a-z][a-z0-9+.-]*:\S+$", text):
            yield f"{what}: id {text!r} is no absolute IRI"
        if tag == "link" and not re.match(r"^https?://\S+$", child.get("href", "")):
            yield f"{what}: link {child.get('href')!r} is not absolute"
        if tag in ("title", "subtitle", "summary", "rights", "content") and child.get("type", "text") not in ("text", "html", "xhtml"):
            yield f"{what}: {tag} of type {child.get('type')!r}"
        if tag in ("title", "subtitle") and list(child):
            yield f"{what}: {tag} has elements"
        if tag == "author" and [c.tag for c in child].count(NS + "name") != 1:
            yield f"{what}: an author without name, or with several"
        if tag == "author" and any(c.tag == NS + "email" for c in child):
            yield f"{what}: an author's address"
    alternates = [(c.get("type"), c.get("hreflang")) for c in element if c.tag == NS + "link" and c.get("rel", "alternate") == "alternate"]
    if len(alternates) != len(set(alternates)):
        yield f"{what}: two alternates of one type and language"


def atom_faults(text):
    root = ElementTree.fromstring(text)
    entries = root.findall(NS + "entry")
    if root.tag != NS + "feed":
        return ["no feed"]
    faults = list(container_faults(root, FEED, "feed")) + list(part_faults(root, "feed"))
    for number, entry in enumerate(entries):
        what = f"entry {number + 1}"
        faults += list(container_faults(entry, ENTRY, what)) + list(part_faults(entry, what))
        if entry.find(NS + "author") is None and root.find(NS + "author") is None:
            faults.append(f"{what}: nobody wrote it")
        if entry.find(NS + "content") is None and not any(c.get("rel", "alternate") == "alternate" for c in entry.findall(NS + "link")):
            faults.append(f"{what}: neither content nor alternate")
    ids = [e.findtext(NS + "id") for e in entries]
    if len(ids) != len(set(ids)):
        faults.append("an id twice")
    if not any(c.get("rel") == "self" for c in root.findall(NS + "link")):
        faults.append("no link to itself")
    updated = [e.findtext(NS + "updated") for e in entries]
    if entries and root.findtext(NS + "updated") < max(updated):
        faults.append("the feed is older than an entry")
    if "http://www.w3.org/XML/1998/namespace" not in str(root.attrib) and "lang" not in str(root.attrib):
        faults.append("no xml:lang")
    return faults
