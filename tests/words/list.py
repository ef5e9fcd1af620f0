"""Writes a list as Word has it: `list.py ROWS.json LIST.docx FORM.docx`.

LIST.docx is the list with its merges; FORM.docx has what lists of other offices have besides: a
header of two lines, materials that are numbered by the program, a table in a cell.
"""

import json
import sys

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def fill(cell, text):
    lines = text.split("\n")
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def listed(rows, path):
    document = docx.Document()
    document.add_heading("医疗保障经办政务服务事项清单", 1)
    document.add_paragraph("附件1")
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    cells = [list(row.cells) for row in table.rows]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            fill(cells[number][column], text)
    # What stands empty under a main item belongs to it, what stands empty beside its title too.
    for column in (0, 1):
        begin = None
        for number in range(len(rows) + 1):
            empty = number < len(rows) and column < len(rows[number]) and not rows[number][column]
            if not empty:
                if begin is not None and number - 1 > begin:
                    cells[begin][column].merge(cells[number - 1][column])
                    text = rows[begin][column]
                    kept = cells[begin][column]
                    for paragraph in kept.paragraphs[1:]:
                        paragraph._p.getparent().remove(paragraph._p)
                    fill(kept, text)
                begin = number
    document.add_paragraph("注:本清单自印发之日起施行。")
    document.save(path)


def numbered(cell, texts):
    for place, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.text = text
        paragraph.style = "List Number"


def form(path):
    document = docx.Document()
    table = document.add_table(4, 5)
    for (row, column), text in {
        (0, 0): "序号", (0, 1): "子项", (0, 2): "办理材料", (0, 3): "办理时限",
        (1, 3): "法定", (1, 4): "承诺",
        (2, 0): "1", (2, 1): "参保登记", (2, 3): "20日", (2, 4): "10日",
        (3, 0): "2", (3, 1): "转移接续", (3, 3): "即时", (3, 4): "即时",
    }.items():
        table.cell(row, column).text = text
    for column in (0, 1, 2):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 3).merge(table.cell(0, 4))
    numbered(table.cell(2, 2), ["身份证", "户口簿"])
    cell = table.cell(3, 2)
    cell.text = "材料:"
    inner = cell.add_table(2, 2)
    for row, texts in enumerate([["甲", "原件"], ["乙", "复印件"]]):
        for column, text in enumerate(texts):
            inner.cell(row, column).text = text
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.save(path)


with open(sys.argv[1], encoding="utf-8") as file:
    listed(json.load(file), sys.argv[2])
form(sys.argv[3])
