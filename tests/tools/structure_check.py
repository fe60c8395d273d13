#!/usr/bin/env python3
"""Checks with openpyxl that workbooks are whole: names, links, charts, conditional formats and print set-up resolve.

usage: structure_check.py FILE_OR_FOLDER …      exit 0 sound, 1 faults, 77 openpyxl is missing
"""
import pathlib, re, sys, warnings, zipfile
from xml.etree import ElementTree

warnings.filterwarnings("ignore")
try:
    import openpyxl
except ImportError:
    print("openpyxl is not installed"); sys.exit(77)

ADDRESS = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?$")


def check(file):
    faults = []
    with zipfile.ZipFile(file) as z:
        if z.testzip():
            faults.append("damaged zip")
        for name in z.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(z.read(name))
    book = openpyxl.load_workbook(file)
    sheets = set(book.sheetnames)

    def resolves(reference, what):
        match = ADDRESS.match(reference)
        if not match or (match[1] or match[2]).replace("''", "'") not in sheets:
            faults.append(f"{what}: {reference} leads nowhere")

    for name, defined in book.defined_names.items():
        resolves(defined.attr_text, f"name {name}")
    names = set(book.defined_names)
    charts = formats = links = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if not sheet.print_area:
            faults.append(f"{sheet.title}: no print area")
        if "&P" not in (sheet.oddFooter.center.text or ""):
            faults.append(f"{sheet.title}: no page number")
        if sheet.page_setup.fitToWidth not in (1, None) or not sheet.sheet_properties.pageSetUpPr.fitToPage:
            faults.append(f"{sheet.title}: not one page wide")
        for chart in sheet._charts:
            charts += 1
            for series in chart.series:
                for source in (series.cat, series.val):
                    ref = source and (source.numRef or source.strRef)
                    resolves(ref.f if ref else "", f"{sheet.title}: chart")
        formats += sum(len(rules.rules) for rules in sheet.conditional_formatting)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    links += 1
                    resolves(cell.hyperlink.location or "", f"{sheet.title}!{cell.coordinate}: link")
                value = cell.value
                if cell.data_type == "e" or (isinstance(value, str) and "#REF!" in value):
                    faults.append(f"{sheet.title}!{cell.coordinate}: {value}")
                if cell.data_type == "f":
                    for used in re.findall(r"(?:任务|领导|单位|报送|指标|历月)_[\w]+", value):
                        if used not in names and not used.startswith(("长表_",)) and f"长表_{used}" not in value and f"'{used}" not in value:
                            faults.append(f"{sheet.title}!{cell.coordinate}: no name {used}")
    headers = {("模拟数据" in (s.oddHeader.right.text or "")) for s in book.worksheets if s.sheet_state == "visible"}
    if len(headers) != 1:
        faults.append("模拟数据 stands in some headers and not in others")
    print(f"{file.name}: {len(sheets)} sheets, {len(names)} names, {charts} charts, {formats} conditional formats, {links} links, {len(faults)} faults")
    for fault in faults[:30]:
        print("  ", fault)
    return not faults


def main(paths):
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(path.rglob("*.xlsx")) if path.is_dir() else [path]
    return 0 if files and all([check(f) for f in files]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
