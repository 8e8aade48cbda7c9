// The list of all tasks: narrowed in the browser alone, so that every keystroke shows at once.
Object.assign(taizhang, {
  wanted: {},

  async loadTasks(grid, address) {
    const table = await (await fetch(address, { cache: "no-store" })).json();
    const rows = table.rows.map((values) => {
      const row = Object.fromEntries(values.map((value, place) => [table.fields[place], value]));
      row.key = row.id;
      return row;
    });
    grid.updateGridOptions({ rowData: rows, loading: false });
  },
  narrow(gridId, wanted) {
    this.wanted = { ...wanted, ids: wanted.ids && new Set(wanted.ids) };
    const element = getElement(gridId);
    if (!element?.api) return setTimeout(() => this.narrow(gridId, wanted), 30);
    element.api.onFilterChanged();
  },
  narrowing() {
    return Object.values(this.wanted).some(Boolean);
  },
  passes(row) {
    const { q, unit, status, month, ids } = this.wanted;
    return (
      (!ids || ids.has(row.id)) &&
      (!q || q.split(/\s+/).every((word) => row.text.includes(word))) &&
      (!unit || row.units.includes(unit)) &&
      (!status || row.status === status) &&
      (!month || row.due.startsWith(month))
    );
  },
  countRows(grid) {
    const label = document.querySelector(".count-rows");
    if (label) label.textContent = `共 ${grid.getDisplayedRowCount()} 项`;
  },
  shownKeys(gridId) {
    const keys = [];
    getElement(gridId).api.forEachNodeAfterFilterAndSort((node) => keys.push(node.id));
    return keys;
  },
  colourCell(params) {
    const names = { red: "逾期", yellow: "将到期", green: "正常", blue: "正常" };
    const dot = document.createElement("span");
    dot.className = `dot dot-${params.value || "none"}`;
    dot.title = names[params.value] ?? "不计时限";
    dot.setAttribute("role", "img");
    dot.setAttribute("aria-label", dot.title);
    return dot;
  },
  taskCell(params) {
    const link = document.createElement("a");
    link.href = `/documents/${encodeURIComponent(params.data.document)}?task=${encodeURIComponent(params.data.id)}`;
    link.textContent = params.value;
    return link;
  },
});
