// The list of all tasks: fetched once, narrowed and grouped in the browser alone, so that every keystroke shows.
Object.assign(taizhang, {
  wanted: {},
  actingNames: new Set(),
  ledger: null,

  // Fetch the rows; `wanted` is what is asked for from the beginning.
  async loadTasks(grid, address, wanted) {
    if (wanted) this.wanted = { ...wanted, ids: wanted.ids && new Set(wanted.ids) };
    grid.onFilterChanged(); // the grid asks only then whether there is a filter
    const table = await this.fetched(address);
    const rows = table.rows.map((values) => this.lineOf(table.fields, values));
    this.actingNames = new Set(rows.flatMap((row) => row.acting));
    this.restoreColumns(grid);
    grid.updateGridOptions({ rowData: rows, loading: false });
    this.drawView();
  },
  lineOf(fields, values) {
    const row = {};
    fields.forEach((field, place) => (row[field] = values[place]));
    row.key = row.id;
    return row;
  },
  // Show what is wanted: rows that fit, as a list, in groups, or as charts. `address` is where the page is then.
  showLedger(places, wanted, address, charts) {
    this.whenThere(
      () => getElement(places.grid)?.api && getHtmlElement(places.groups),
      () => {
        this.ledger = { ...places, charts, chartsArea: places.charts, grid: places.grid };
        const ids = wanted.ids && new Set(wanted.ids);
        wanted = this.asTyped(wanted);
        const same = JSON.stringify({ ...this.wanted, ids: null }) === JSON.stringify({ ...wanted, ids: null });
        this.wanted = { ...wanted, ids };
        if (address) this.step(address);
        if (!same || ids) getElement(places.grid).api.onFilterChanged();
        this.drawView();
      },
    );
  },
  typedNames: new Set(["q", "unit", "month"]),
  // Keep in the address what is asked for. Each choice is a step to which Back returns; letters typed into one box
  // one after the other are one step.
  step(address) {
    const before = this.asked;
    const now = (this.asked = new URLSearchParams(address.split("?")[1]));
    const names = new Set([...(before?.keys() ?? []), ...now.keys()]);
    const changed = [...names].filter((name) => (before?.get(name) ?? "") !== (now.get(name) ?? ""));
    if (before && !changed.length) return;
    const typed = changed.length === 1 && this.typedNames.has(changed[0]) ? changed[0] : null;
    const goesOn = typed && typed === this.stepTyped;
    this.stepTyped = typed;
    history[!before || goesOn ? "replaceState" : "pushState"](null, "", address);
  },
  // Back or Forward came to another step: ask for what its address says.
  returnTo(address) {
    if (!this.asked) return;
    this.asked = new URLSearchParams(address);
    this.stepTyped = this.typed = null;
    emitEvent("ledger_ask", { ...Object.fromEntries(this.asked), returned: true });
  },
  // What the server knows to be wanted may be older than what a box shows that is being typed into.
  asTyped(wanted) {
    const { name, words, box } = this.typed ?? {};
    return box?.value === words ? this.withWords(wanted, name, words) : wanted;
  },
  withWords(wanted, name, words) {
    const { [name]: _before, ...others } = wanted;
    return words ? { ...others, [name]: words } : others;
  },
  // A box was typed into, or cleared by its button: narrow at once.
  narrowBy(name, words, boxId) {
    if (!this.ledger) return;
    const box = getHtmlElement(boxId);
    this.typed = { name, words, box: box?.matches("input") ? box : box?.querySelector("input") };
    if ((this.wanted[name] ?? "") === words) return;
    this.wanted = this.withWords(this.wanted, name, words);
    getElement(this.ledger.grid).api.onFilterChanged();
    this.drawView();
  },
  narrowing() {
    return Object.entries(this.wanted).some(([name, value]) => name !== "view" && value);
  },
  ended: new Set(["已完成", "已销号", "已回头看", "已取消", "已终止"]),
  roles: ["lead", "responsible", "cooperate", "supervise"],
  passes(row) {
    const wanted = this.wanted;
    const { q, unit, role, month, status, colour, mark, origin, document, leader, officer, closing, ids } = wanted;
    if (ids && !ids.has(row.id)) return false;
    if (status && !this.hasStatus(row, status)) return false;
    if (colour && !this.hasColour(row, colour)) return false;
    if (month && !row.due.startsWith(month)) return false;
    if ((unit || role) && !this.isOf(row, unit ?? "", role)) return false;
    if (mark && !row.marks.includes(mark)) return false;
    if (origin && row.origin !== origin) return false;
    if (document && row.document !== (document === "none" ? "" : document)) return false;
    if (leader && row.assigned_by !== leader) return false;
    if (officer && row.officer !== officer) return false;
    if (closing && row.closing !== closing) return false;
    return !q || q.split(/\s+/).every((word) => `${row.text} ${row.rest} ${row.number} ${row.note}`.includes(word));
  },
  hasStatus(row, status) {
    if (status === "未办结") return !this.ended.has(row.status);
    return status === "办结" ? this.ended.has(row.status) : row.status === status;
  },
  // Whether a unit, given by part of its name, stands in a row; "acting" are those that lead or answer for it.
  isOf(row, unit, role) {
    if (role === "acting") {
      // A name that was clicked is meant as it stands: 县财政局 is no part of 望川县财政局 then.
      const whole = this.actingNames.has(unit);
      return row.acting.some((name) => (whole ? name === unit : name.includes(unit)));
    }
    const names = role ? [row.names[this.roles.indexOf(role)]] : row.names;
    return names.some((words) => words && words.includes(unit));
  },
  // The light of a row: what is ended has none.
  lightOf(row) {
    return this.ended.has(row.status) ? "" : row.colour;
  },
  hasColour(row, colour) {
    if (colour === "late") return row.late;
    const light = this.lightOf(row);
    if (colour === "none") return !light;
    return colour === "green" ? light === "green" || light === "blue" : light === colour;
  },
  countRows(grid) {
    const label = document.querySelector(".count-rows");
    if (label) label.textContent = `共 ${grid.getDisplayedRowCount()} 项`;
    this.countChosen(grid);
    this.tellEmpty(grid);
  },
  // What is chosen but filtered out is left alone, and not counted.
  countChosen(grid) {
    const number = grid.getSelectedNodes().filter((node) => node.displayed).length;
    document.querySelector(".bulk-bar")?.classList.toggle("bulk-on", number > 0);
    const label = document.querySelector(".count-chosen");
    if (label) label.textContent = number ? `已选 ${number} 项` : "勾选任务后可以批量办理";
  },
  // Say which rows the files will hold.
  tellExport() {
    const chosen = this.chosenRows(this.ledger.grid).length;
    const words = chosen ? `勾选的 ${chosen} 项` : `列表中的 ${this.shownKeys(this.ledger.grid).length} 项`;
    document.querySelector(".export-rows").textContent = words;
  },
  shownKeys(gridId) {
    const chosen = this.chosenRows(gridId);
    if (chosen.length) return chosen;
    const keys = [];
    getElement(gridId).api.forEachNodeAfterFilterAndSort((node) => keys.push(node.id));
    return keys;
  },
  chosenRows(gridId) {
    const keys = [];
    getElement(gridId).api.forEachNodeAfterFilterAndSort((node) => node.isSelected() && keys.push(node.id));
    return keys;
  },
  chooseRows(gridId, keys) {
    const grid = getElement(gridId).api;
    const wanted = new Set(keys);
    grid.deselectAll();
    const nodes = [];
    grid.forEachNode((node) => wanted.has(node.id) && nodes.push(node));
    grid.setNodesSelected({ nodes, newValue: true });
    if (nodes[0]) grid.ensureNodeVisible(nodes[0], "middle");
  },
  // Rows as they are now, and the ids of those that are no longer there.
  putRows(gridId, lines, gone) {
    const grid = getElement(gridId).api;
    const rows = lines.map((line) => ({ ...line, key: line.id }));
    grid.applyTransaction({
      update: rows.filter((row) => grid.getRowNode(row.key)),
      add: rows.filter((row) => !grid.getRowNode(row.key)),
      remove: gone.filter((key) => grid.getRowNode(key)).map((key) => ({ key })),
    });
    grid.refreshCells({ force: true });
    if (rows.length === 1) {
      const node = grid.getRowNode(rows[0].key);
      if (node?.displayed) grid.ensureNodeVisible(node);
    }
    this.countChosen(grid);
    this.drawView();
  },
  // A click on the words of a task, or Enter on any cell that is not typed into, opens the task.
  openByClick(event) {
    if (event.column.getColId() === "text") emitEvent("ledger_open", event.node.id);
  },
  openByKey(event) {
    if (event.event.key === "Enter" && !event.column.getColDef().editable) emitEvent("ledger_open", event.node.id);
  },

  // Columns: what a person shows is kept by the browser.
  listColumns(elementId) {
    const grid = getElement(this.ledger.grid).api;
    const boxes = grid.getColumns().filter((column) => column.getColDef().headerName).map((column) => {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = column.isVisible();
      box.addEventListener("change", () => grid.setColumnsVisible([column.getColId()], box.checked));
      label.append(box, ` ${column.getColDef().headerName}`);
      return label;
    });
    getHtmlElement(elementId).replaceChildren(...boxes);
  },
  keepColumns(grid) {
    const shown = Object.fromEntries(grid.getColumns().map((column) => [column.getColId(), column.isVisible()]));
    localStorage.setItem("taizhang-columns", JSON.stringify(shown));
  },
  restoreColumns(grid) {
    const kept = JSON.parse(localStorage.getItem("taizhang-columns") ?? "{}");
    for (const column of grid.getColumns()) {
      const shown = kept[column.getColId()];
      if (shown !== undefined && shown !== column.isVisible()) grid.setColumnsVisible([column.getColId()], shown);
    }
  },

  // Cells. `textContent` lets no words become markup.
  span(look, words) {
    const span = document.createElement("span");
    span.className = look;
    span.textContent = words;
    return span;
  },
  colourWords: { red: "逾期", yellow: "将到期", green: "正常", blue: "正常" },
  colourCell(params) {
    const row = params.data;
    const light = this.lightOf(row);
    if (light) return this.span(`light light-${light}`, this.colourWords[light]);
    if (row.late) return this.span("tag tag-late", "逾期完成");
    if (this.ended.has(row.status)) return this.span("faint", "办结");
    const cell = this.span("faint", row.review_due ? "回访" : "—");
    cell.title = row.review_due ? `${row.review_due} 前回访` : "没有时限";
    return cell;
  },
  taskCell(params) {
    const row = params.data;
    const cell = document.createElement("span");
    cell.className = "task-cell";
    row.marks.forEach((mark) => cell.append(this.span("tag tag-mark", mark)));
    if (row.origin) cell.append(this.span("tag", row.origin));
    if (row.files) cell.append(this.span("tag", `附件 ${row.files}`));
    cell.append(row.text);
    return cell;
  },
  dueCell(params) {
    const row = params.data;
    const cell = document.createElement("span");
    cell.append(row.due);
    if (row.first_due && row.first_due !== row.due) {
      const old = this.span("first-due", row.first_due);
      old.title = `延期 ${row.extended} 次，原定 ${row.first_due}`;
      cell.append(document.createElement("br"), old);
    }
    return cell;
  },
  percentCell(params) {
    return params.value === null || params.value === undefined || params.value === "" ? "" : `${params.value}%`;
  },
});
addEventListener("popstate", () => taizhang.returnTo(location.search));
for (const name of ["colourCell", "taskCell", "dueCell", "percentCell"]) taizhang[name] = taizhang[name].bind(taizhang);
