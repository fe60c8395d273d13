"""Reads a form with openpyxl and prints what it finds as JSON; tests/it/form/office.rs compares it with what was meant.

Usage: python3 check_form.py FORM.xlsx
"""

import json
import sys

import openpyxl


def facts(path):
    book = openpyxl.load_workbook(path, rich_text=False)
    cached = openpyxl.load_workbook(path, data_only=True)
    out = {
        "sheets": {s.title: s.sheet_state for s in book.worksheets},
        "names": sorted(book.defined_names),
        "properties": {p.name: p.value for p in book.custom_doc_props.props},
    }
    sheet = book["填报表"]
    protection = sheet.protection
    out["protection"] = {
        "sheet": bool(protection.sheet),
        "password": protection.password,
        # openpyxl's flags say what is locked.
        "format_columns": not protection.formatColumns,
        "format_rows": not protection.formatRows,
        "filter": not protection.autoFilter,
        "insert_rows": not protection.insertRows,
        "delete_rows": not protection.deleteRows,
        "select_locked": not protection.selectLockedCells,
        "others": {s.title: bool(s.protection.sheet) for s in book.worksheets},
    }
    out["unlocked"] = sorted(c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked)
    out["formulas"] = {
        c.coordinate: [c.value, cached["填报表"][c.coordinate].value]
        for row in sheet.iter_rows()
        for c in row
        if c.data_type == "f"
    }
    out["validations"] = [
        {
            "type": v.type or "none",
            "cells": sorted(v.sqref.ranges and [c for r in v.sqref.ranges for c in cells(sheet, r)]),
            "formula": v.formula1,
            "style": v.errorStyle,
            "prompt": v.prompt,
            "error": v.error,
        }
        for v in sheet.data_validations.dataValidation
    ]
    out["conditions"] = sum(len(r.rules) for r in sheet.conditional_formatting)
    out["freeze"] = sheet.freeze_panes
    out["filter"] = sheet.auto_filter.ref
    out["print_rows"] = sheet.print_title_rows
    out["print_area"] = sheet.print_area
    out["paper"] = [sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight]
    out["hidden_columns"] = sorted(k for k, d in sheet.column_dimensions.items() if d.hidden)
    out["merged"] = sorted(str(r) for r in sheet.merged_cells.ranges)
    return out


def cells(sheet, block):
    return [
        f"{openpyxl.utils.get_column_letter(c)}{r}"
        for r in range(block.min_row, block.max_row + 1)
        for c in range(block.min_col, block.max_col + 1)
    ]


json.dump(facts(sys.argv[1]), sys.stdout, ensure_ascii=False)
