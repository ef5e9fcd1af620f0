// A workbook as a binary one: node binary.cjs MODULE FROM TO, where MODULE is SheetJS.
const [, , module_, from, to] = process.argv;
const sheets = require(module_);
sheets.writeFile(sheets.readFile(from), to, { bookType: "xlsb" });
