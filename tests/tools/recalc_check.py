#!/usr/bin/env python3
"""Recalculates every formula of workbooks with LibreOffice and compares with the cached values.

usage: recalc_check.py FILE_OR_FOLDER …      exit 0 equal, 1 differences, 77 a tool is missing
"""
import math, pathlib, re, shutil, subprocess, sys, tempfile, warnings, zipfile

warnings.filterwarnings("ignore")

try:
    import openpyxl
except ImportError:
    print("openpyxl is not installed"); sys.exit(77)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
if SOFFICE is None:
    print("LibreOffice is not installed"); sys.exit(77)

# Recalculate on load: always (0), for Excel 2007 and newer.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def without_results(source, target):
    """Copies a workbook without the cached values of its formulas."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(item, data)


def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        # 12 significant digits: the order of adding differs between programs.
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return ("" if a is None else a) == ("" if b is None else b)


def main(paths):
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(path.rglob("*.xlsx")) if path.is_dir() else [path]
    work = pathlib.Path(tempfile.mkdtemp(prefix="duban-recalc-"))
    bad = formulas = 0
    try:
        (work / "profile/user").mkdir(parents=True)
        (work / "profile/user/registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        named = {}
        (work / "in").mkdir()
        for n, file in enumerate(files):
            named[f"{n}.xlsx"] = file
            # Without cached values, what is compared can only be LibreOffice's own result.
            without_results(file, work / "in" / f"{n}.xlsx")
        subprocess.run([SOFFICE, f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--outdir", str(work / "out")] + [str(work / "in" / n) for n in named],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)
        for name, file in named.items():
            ours = openpyxl.load_workbook(file, data_only=True)
            texts = openpyxl.load_workbook(file)
            theirs = openpyxl.load_workbook(work / "out" / name, data_only=True)
            for sheet in texts.sheetnames:
                for row in texts[sheet].iter_rows():
                    for cell in row:
                        if cell.data_type != "f":
                            continue
                        formulas += 1
                        a, b = ours[sheet][cell.coordinate].value, theirs[sheet][cell.coordinate].value
                        if not same(a, b):
                            bad += 1
                            if bad <= 40:
                                print(f"{file.name} {sheet}!{cell.coordinate} ={cell.value}\n   printed {a!r}, recalculated {b!r}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{len(files)} workbooks, {formulas} formulas, {bad} differ")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
