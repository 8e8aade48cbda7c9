// A grid draws only the rows in view; for paper a plain table of all its rows stands in its place.
Object.assign(taizhang, {
  isDay: /^\d{4}-\d{2}-\d{2}$/,
  printTables() {
    const tables = [];
    for (const element of document.querySelectorAll(".nicegui-aggrid")) {
      const grid = element.offsetParent && getElement(element.id.slice(1))?.api;
      if (!grid) continue;
      const table = this.printTable(grid);
      element.after(table);
      tables.push(table);
    }
    return tables;
  },
  printTable(grid) {
    const columns = grid.getAllDisplayedColumns().filter((column) => column.getColDef().headerName);
    const table = document.createElement("table");
    table.className = "print-table";
    table.createCaption().textContent = this.printTitle();
    const head = table.createTHead().insertRow();
    for (const column of columns) {
      const cell = document.createElement("th");
      cell.textContent = column.getColDef().headerName;
      head.append(cell);
    }
    const body = table.createTBody();
    grid.forEachNodeAfterFilterAndSort((node) => {
      const line = body.insertRow();
      for (const column of columns) line.insertCell().append(this.printCell(grid, node, column));
    });
    return table;
  },
  // The name of the page, what it is narrowed to, and the day.
  printTitle() {
    const narrowed = [...document.querySelectorAll(".list-panel .bar input")].map((box) => box.value);
    const count = document.querySelector(".count-rows")?.textContent ?? "";
    const words = [document.title.split(" · ")[0], ...narrowed.filter(Boolean), count, this.today()];
    return words.filter(Boolean).join("　");
  },
  printCell(grid, node, column) {
    const value = grid.getCellValue({ rowNode: node, colKey: column, useFormatter: true });
    const { cellRenderer } = column.getColDef();
    if (typeof cellRenderer !== "function") return this.span(this.isDay.test(value) ? "whole" : "", String(value ?? ""));
    return cellRenderer({ value, data: node.data, node, column, api: grid }) ?? "";
  },
});
addEventListener("beforeprint", () => (taizhang.printed = taizhang.printTables()));
addEventListener("afterprint", () => taizhang.printed?.forEach((table) => table.remove()));
