#!/usr/bin/env python3
"""Generates src/charset/tables.rs: the single-byte charsets, the places where dialects differ, and EUC-TW.

    python3 tools/charsets/generate.py           write the file
    python3 tools/charsets/generate.py --check   regenerate and compare; exit 1 where they differ

The tables come from the codecs of the Python standard library and, where it has none, from glibc's
iconv. Both carry the vendors' and Unicode's published mappings. The double-byte charsets themselves
are not here: the crate builds them at first use from encoding_rs.
"""
import hashlib
import os
import platform
import subprocess
import sys

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "src", "charset", "tables.rs")

# (constant, source codec, dialect codecs). A source with "iconv:" is glibc's.
SINGLE = [
    ("IBM866", "cp866", []),
    ("ISO_8859_1", "latin-1", []),
    ("ISO_8859_2", "iso8859-2", []),
    ("ISO_8859_3", "iso8859-3", []),
    ("ISO_8859_4", "iso8859-4", []),
    ("ISO_8859_5", "iso8859-5", []),
    ("ISO_8859_6", "iso8859-6", []),
    ("ISO_8859_7", "iso8859-7", []),
    ("ISO_8859_8", "iso8859-8", []),
    ("ISO_8859_9", "iso8859-9", []),
    ("ISO_8859_10", "iso8859-10", []),
    ("ISO_8859_11", "iso8859-11", []),
    ("ISO_8859_13", "iso8859-13", []),
    ("ISO_8859_14", "iso8859-14", []),
    ("ISO_8859_15", "iso8859-15", []),
    ("ISO_8859_16", "iso8859-16", []),
    ("KOI8_R", "koi8-r", ["iconv:KOI8-R"]),
    ("KOI8_U", "koi8-u", ["koi8-u", "iconv:KOI8-U"]),
    ("MACINTOSH", "mac-roman", ["iconv:MACINTOSH"]),
    ("WINDOWS_874", "cp874", []),
    ("WINDOWS_1250", "cp1250", []),
    ("WINDOWS_1251", "cp1251", []),
    ("WINDOWS_1252", "cp1252", []),
    ("WINDOWS_1253", "cp1253", []),
    ("WINDOWS_1254", "cp1254", []),
    ("WINDOWS_1255", "cp1255", []),
    ("WINDOWS_1256", "cp1256", []),
    ("WINDOWS_1257", "cp1257", []),
    ("WINDOWS_1258", "cp1258", []),
    ("X_MAC_CYRILLIC", "mac-cyrillic", ["mac-cyrillic", "iconv:MAC-CYRILLIC", "iconv:MAC-UK"]),
    ("KZ_1048", "kz1048", ["iconv:RK1048"]),
    ("IBM437", "cp437", ["iconv:IBM437"]),
    ("IBM720", "cp720", []),
    ("IBM737", "cp737", ["iconv:CP737"]),
    ("IBM775", "cp775", ["iconv:CP775"]),
    ("IBM850", "cp850", ["iconv:IBM850"]),
    ("IBM852", "cp852", ["iconv:IBM852"]),
    ("IBM855", "cp855", ["iconv:IBM855"]),
    ("IBM856", "cp856", ["iconv:IBM856"]),
    ("IBM857", "cp857", ["iconv:IBM857"]),
    ("IBM858", "cp858", []),
    ("IBM860", "cp860", ["iconv:IBM860"]),
    ("IBM861", "cp861", ["iconv:IBM861"]),
    ("IBM862", "cp862", ["iconv:IBM862"]),
    ("IBM863", "cp863", ["iconv:IBM863"]),
    ("IBM864", "cp864", ["iconv:IBM864"]),
    ("IBM865", "cp865", ["iconv:IBM865"]),
    ("IBM869", "cp869", ["iconv:IBM869"]),
    ("IBM1125", "cp1125", ["iconv:CP1125"]),
    ("X_MAC_GREEK", "mac-greek", []),
    ("X_MAC_TURKISH", "mac-turkish", []),
    ("X_MAC_CE", "mac-latin2", ["iconv:MAC-CENTRALEUROPE"]),
    ("X_MAC_ICELANDIC", "mac-iceland", []),
    ("X_MAC_ROMANIAN", "mac-romanian", []),
    ("X_MAC_CROATIAN", "mac-croatian", []),
    ("KOI8_T", "koi8-t", ["iconv:KOI8-T"]),
    ("PTCP154", "ptcp154", ["iconv:PT154"]),
    ("VISCII", "iconv:VISCII", []),
    ("TCVN", "iconv:TCVN5712-1", []),
    ("IBM037", "cp037", []),
    ("IBM273", "cp273", []),
    ("IBM500", "cp500", []),
    ("IBM1026", "cp1026", []),
    ("IBM424", "cp424", ["iconv:IBM424"]),
    ("IBM875", "cp875", ["iconv:CP875"]),
    ("IBM1140", "cp1140", []),
]

# Where the WHATWG standard says otherwise than Python: https://encoding.spec.whatwg.org/#indexes
WHATWG = {
    "KOI8_U": {0xAE: 0x045E, 0xBE: 0x040E},
    "WINDOWS_1255": {0xCA: 0x05BA},
}

# Older fonts and tables: the currency sign before the euro sign took its place, and MacCyrillic before Ukrainian.
OLD = {
    "MACINTOSH": {0xDB: 0x00A4},
    "X_MAC_CYRILLIC": {0xA2: 0x00A2, 0xB6: 0x2202, 0xFF: 0x00A4},
    "X_MAC_GREEK": {0x9C: 0x00A4},
    "X_MAC_TURKISH": {0xDB: 0x00A4},
    "X_MAC_ICELANDIC": {0xDB: 0x00A4},
    "X_MAC_ROMANIAN": {0xDB: 0x00A4},
    "X_MAC_CROATIAN": {0xDB: 0x00A4},
}

# Double-byte families: the codecs of one family, whose disagreements become further preimages.
DOUBLE = [
    ("GBK", ["gbk", "gb2312", "gb18030", "iconv:CP936"]),
    ("BIG5", ["big5hkscs", "cp950", "big5", "iconv:CP950"]),
    ("SHIFT_JIS", ["cp932", "shift_jis", "iconv:CP932"]),
    ("EUC_JP", ["euc_jp", "iconv:EUC-JP-MS", "iconv:EUC-JP"]),
    ("EUC_KR", ["cp949", "euc_kr"]),
]


def iconv(codes, name):
    """Each byte string alone on a line, in one run that drops what is malformed, at most a blank with it."""
    if name == "TCVN5712-1" or len(codes[0]) == 1:  # these hold the line feed, or join with it
        return [iconv_one(code, name) for code in codes]
    # A lead of three bytes would take the line feed with it.
    codes = [b"" if name.startswith("EUC-JP") and code[0] == 0x8F else code for code in codes]
    done = subprocess.run(["iconv", "-c", "-f", name, "-t", "UTF-16LE"], input=b" \n".join(codes), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines = done.stdout.decode("utf-16-le", "replace").split("\n")
    lines = [t.removesuffix(" ") for t in lines]
    assert len(lines) == len(codes), (name, len(lines), len(codes))
    # What is left of a malformed pair is its trail byte: ASCII, a C1 control or half-width kana.
    return [t if len(t) == 1 and ord(t) > 0x9F and t != "\ufffd" and not "\uff61" <= t <= "\uff9f" else None for t in lines]


def iconv_one(code, name):
    done = subprocess.run(["iconv", "-f", name, "-t", "UTF-16LE"], input=code, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = done.stdout.decode("utf-16-le", "replace")
    return text if done.returncode == 0 and len(text) == 1 else None


def read(codes, codec):
    """The one character that each byte string reads as, or None."""
    if codec.startswith("iconv:"):
        return iconv(codes, codec[6:])
    out = []
    for code in codes:
        try:
            text = code.decode(codec)
        except UnicodeDecodeError:
            text = ""
        out.append(text if len(text) == 1 else None)
    return out


def single_tables():
    tables, dialects = [], []
    one_byte = [bytes([b]) for b in range(256)]
    for index, (name, source, others) in enumerate(SINGLE):
        table = [ord(c) if c else 0xFFFD for c in read(one_byte, source)]
        if name.startswith("WINDOWS"):
            table = [b if c == 0xFFFD and 0x80 <= b < 0xA0 else c for b, c in enumerate(table)]
        for b, c in WHATWG.get(name, {}).items():
            table[b] = c
        more = {(b, c) for b, c in OLD.get(name, {}).items()}
        for other in others:
            more |= {(b, ord(c)) for b, c in enumerate(read(one_byte, other)) if c and b >= 0x80}
        if name.startswith("WINDOWS"):  # Windows gives a byte without a character back as its number
            more |= {(b, b) for b in range(0xA0, 256) if table[b] == 0xFFFD}
        tables.append((name, table))
        dialects += [(index, b, c) for b, c in sorted(more) if table[b] != c]
    return tables, dialects


def double_dialects():
    pairs = [bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF) if trail != 0x7F]
    for name, codecs in DOUBLE:
        columns = [read(pairs, codec) for codec in codecs]
        rows = set()
        for pair, first, *chars in zip(pairs, *columns):
            known = first is not None
            chars = [c for c in [first, *chars] if c]
            # Beyond the Basic Multilingual Plane only HKSCS goes, and encoding_rs has that.
            if len(set(chars)) > 1 or not known:
                # Private use is computed in the crate, unless it contradicts.
                rows |= {(int.from_bytes(pair, "big"), ord(c)) for c in chars if ord(c) < 0x10000 and (known or not 0xE000 <= ord(c) < 0xF900)}
        yield name, sorted(rows)


def big5_pointers(disputed):
    """Big5 in the order of its code, levels 1 and 2: CNS 11643 planes 1 and 2 follow it but for a few."""
    order = {}
    for lead in range(0xA1, 0xFA):
        for trail in list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF)):
            try:
                c = bytes([lead, trail]).decode("cp950")
            except UnicodeDecodeError:
                continue
            if lead << 8 | trail in disputed:
                continue
            order.setdefault(c, (lead - 0xA1) * 157 + (trail - 0x40 if trail < 0x7F else trail - 0x62))
    return order


def euc_tw(disputed):
    """Runs (plane, pointer, Big5 pointer, length), and characters that Big5 has not or has in dispute."""
    big5 = big5_pointers(disputed)
    runs, single, every = [], [], []
    for plane in (1, 2):
        codes = [(bytes([0x8E, 0xA0 + plane]) if plane > 1 else b"") + bytes([row, cell]) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF)]
        first = {c for _, c in every}
        for pointer, (code, c) in enumerate(zip(codes, read(codes, "iconv:EUC-TW"))):
            # No character is in both planes: this one is what is left of a malformed code.
            if not c or c in first:
                continue
            every.append((code, c))
            at = big5.get(c)
            if at is None:
                single.append((plane, pointer, ord(c)))
            elif runs and runs[-1][0] == plane and runs[-1][1] + runs[-1][3] == pointer and runs[-1][2] + runs[-1][3] == at:
                runs[-1][3] += 1
            else:
                runs.append([plane, pointer, at, 1])
    return runs, single, every


def fnv(pairs):
    """FNV-1a, 64 bits, over code bytes and UTF-8 of each pair: the test's check that a computed charset is whole."""
    h = 0xCBF29CE484222325
    for code, c in pairs:
        for b in code + c.encode():
            h = (h ^ b) * 0x100000001B3 & (1 << 64) - 1
    return h


def johab():
    codes = [bytes([lead, trail]) for lead in range(0x84, 0xFA) for trail in range(0x31, 0xFF)]
    return [(code, c) for code, c in zip(codes, read(codes, "johab")) if c]


def rows(items, per_line, form):
    for i in range(0, len(items), per_line):
        yield "    " + " ".join(form(x) + "," for x in items[i:i + per_line])


def generate():
    tables, dialects = single_tables()
    with open(__file__, "rb") as f:
        script = hashlib.sha256(f.read()).hexdigest()
    glibc = subprocess.run(["iconv", "--version"], stdout=subprocess.PIPE).stdout.decode().split("\n")[0].split()[-1]
    out = [
        "// @generated by `python3 tools/charsets/generate.py`; compare with `--check`.",
        f"// Inputs: the codecs of Python {platform.python_version()}, glibc iconv {glibc},",
        f"// and the script itself, sha256 {script}.",
        "#![cfg_attr(rustfmt, rustfmt_skip)]",
        "",
        "/// Single-byte charsets: the code unit of each byte, U+FFFD where a byte has no character.",
        f"pub(super) static SINGLE_BYTE: [[u16; 256]; {len(tables)}] = [",
    ]
    for name, table in tables:
        out.append(f"    [ // {name}")
        out += ["    " + line for line in rows(table, 16, lambda c: f"0x{c:04X}")]
        out.append("    ],")
    out += ["];", ""]
    for index, (name, _) in enumerate(tables):
        out.append(f"pub(super) const {name}: u8 = {index};")
    out += ["", "/// (table, byte, character) that another dialect of the charset reads there.", "pub(super) static SINGLE_DIALECTS: &[(u8, u8, u16)] = &["]
    out += rows(dialects, 6, lambda r: f"({r[0]}, 0x{r[1]:02X}, 0x{r[2]:04X})")
    out += ["];", ""]
    disputed = set()
    for name, pairs in double_dialects():
        if name == "BIG5":
            disputed = {code for code, _ in pairs}
        out += [f"/// (pair, character) where the dialects of {name} differ.", f"pub(super) static {name}_DIALECTS: &[(u16, u16)] = &["]
        out += rows(pairs, 6, lambda r: f"(0x{r[0]:04X}, 0x{r[1]:04X})")
        out += ["];", ""]
    runs, single, every = euc_tw(disputed)
    out += ["/// CNS 11643 planes 1 and 2 by Big5: (plane, pointer, Big5 pointer, length).", "pub(super) static EUC_TW_RUNS: &[(u8, u16, u16, u16)] = &["]
    out += rows(runs, 6, lambda r: f"({r[0]}, {r[1]}, {r[2]}, {r[3]})")
    out += ["];", "", "/// CNS 11643 characters that Big5 has not: (plane, pointer, character).", "pub(super) static EUC_TW_MORE: &[(u8, u16, u16)] = &["]
    out += rows(single, 6, lambda r: f"({r[0]}, {r[1]}, 0x{r[2]:04X})")
    out += ["];", ""]
    for name, pairs in (("EUC_TW", every), ("JOHAB", johab())):
        out += [f"/// Characters of {name} with two bytes and more, and FNV-1a over code and UTF-8 of each in order.",
                "#[cfg(test)]", f"pub(super) const {name}_SUM: (usize, u64) = ({len(pairs)}, 0x{fnv(pairs):016X});"]
    return "\n".join(out) + "\n"


def main():
    text = generate()
    if "--check" in sys.argv[1:]:
        with open(OUT, encoding="utf-8") as f:
            if f.read() != text:
                sys.exit("tables.rs is not what the generator makes")
        return
    with open(OUT, "w", encoding="utf-8") as f:
        f.write(text)


if __name__ == "__main__":
    main()
