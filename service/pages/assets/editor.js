// The editor: choosing, typing, copying and pasting in the grid, and selecting in the source.
// Asks before somebody leaves unsaved changes; not when a lost connection makes the page load itself anew: the
// server has kept them.
addEventListener("beforeunload", (event) => {
  if (taizhang.unsaved && window.socket?.connected) event.preventDefault();
});
Object.assign(taizhang, {
  // Of each grid that shows only what a person should look at: the keys that were listed when it began.
  listed: {},
  unsaved: false,

  // Show only the rows that a person should look at, with the reasons beside them. A row stays in view while it is
  // being corrected, cell after cell, though it leaves no doubt any more.
  showDoubts(gridId, only) {
    const grid = getElement(gridId).api;
    const keys = new Set();
    grid.forEachNode((node) => node.data.doubt && keys.add(node.id));
    if (only) this.listed[gridId] = keys;
    else delete this.listed[gridId];
    grid.setColumnsVisible(["notes"], only);
    grid.onFilterChanged();
  },
  isListed(gridId, node) {
    return node.data.doubt || this.listed[gridId].has(node.id);
  },
  // Rows were looked at and found right: they leave the list, and the next one is chosen.
  leaveList(gridId, keys) {
    const listed = this.listed[gridId];
    if (!listed) return;
    const grid = getElement(gridId).api;
    const shown = [];
    grid.forEachNodeAfterFilterAndSort((node) => shown.push(node));
    const gone = new Set(keys);
    const next = shown.slice(shown.findLastIndex((node) => gone.has(node.id)) + 1).concat(shown);
    keys.forEach((key) => listed.delete(key));
    grid.onFilterChanged();
    const chosen = next.find((node) => !gone.has(node.id));
    if (!chosen) return;
    this.showNode(grid, chosen);
    grid.setFocusedCell(chosen.rowIndex, "text");
  },
  // The keys of the chosen rows in the order on the page, else of the row with the focus.
  chosenKeys(gridId) {
    const grid = getElement(gridId).api;
    const keys = [];
    grid.forEachNodeAfterFilterAndSort((node) => node.isSelected() && keys.push(node.id));
    if (keys.length) return keys;
    const cell = grid.getFocusedCell();
    const node = cell && grid.getDisplayedRowAtIndex(cell.rowIndex);
    return node ? [node.id] : [];
  },
  // Choose a row that has just come up, once the grid has it.
  showKey(gridId, key) {
    const node = getElement(gridId)?.api?.getRowNode(key);
    if (!node) return setTimeout(() => this.showKey(gridId, key), 30);
    this.showNode(getElement(gridId).api, node);
  },
  // Choose the row with the id of a stored task, once the grid has rows; nothing happens when it has not this one.
  showTask(gridId, task) {
    const grid = getElement(gridId)?.api;
    if (!grid?.getDisplayedRowCount()) return setTimeout(() => this.showTask(gridId, task), 30);
    grid.forEachNode((node) => node.data.id === task && this.showNode(grid, node));
  },
  showNode(grid, node) {
    node.setSelected(true, true);
    grid.ensureNodeVisible(node, "middle");
    this.showEvidence(node.id, node.data.start);
  },
  // Put an empty row, with these `cells`, below the last chosen one or `atEnd`, and open its editor, all in the
  // browser: the server hears of it, and no letter that is typed meanwhile is lost. Returns what the server is to
  // know.
  addRow(gridId, column, { cells = {}, atEnd = false } = {}) {
    const grid = getElement(gridId).api;
    grid.stopEditing();
    const after = (!atEnd && this.chosenKeys(gridId).at(-1)) || null;
    delete this.listed[gridId];
    grid.setGridOption("quickFilterText", "");
    grid.onFilterChanged();
    const keys = [];
    grid.forEachNode((node) => keys.push(node.id));
    const key = `n${Date.now().toString(36)}`;
    const addIndex = after ? keys.indexOf(after) + 1 : keys.length;
    grid.applyTransaction({ add: [{ ...cells, key }], addIndex });
    this.typeInto(gridId, key, column);
    return { key, after };
  },
  typeInto(gridId, key, column) {
    const grid = getElement(gridId).api;
    const node = grid.getRowNode(key);
    if (!node) return setTimeout(() => this.typeInto(gridId, key, column), 30);
    grid.ensureNodeVisible(node, "middle");
    grid.startEditingCell({ rowIndex: node.rowIndex, colKey: column });
  },

  // A range from Excel goes into the cells from the focused one on.
  paste(gridId, event, emit) {
    const grid = getElement(gridId).api;
    if (event.target.closest("input, textarea") || grid.getEditingCells().length) return;
    const clip = event.clipboardData.getData("text/plain");
    if (!clip) return;
    event.preventDefault();
    const cell = grid.getFocusedCell();
    const node = cell && grid.getDisplayedRowAtIndex(cell.rowIndex);
    const order = grid.getAllDisplayedColumns().filter((item) => item.getColDef().editable);
    emit({
      row: node ? node.id : null,
      column: cell ? cell.column.getColId() : null,
      clip,
      order: order.map((item) => item.getColId()),
    });
  },
  // The chosen rows, else the focused cell, go to the clipboard as Excel takes them.
  copy(gridId, event) {
    const grid = getElement(gridId).api;
    if (event.target.closest("input, textarea") || String(getSelection())) return;
    const quoted = (words) => (/[\t\n"]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
    const columns = grid.getAllDisplayedColumns().map((item) => item.getColId());
    const chosen = grid.getSelectedNodes();
    const cell = grid.getFocusedCell();
    if (!cell && !chosen.length) return;
    const rows =
      chosen.length > 1
        ? chosen.map((node) => columns.map((name) => quoted(String(node.data[name] ?? ""))).join("\t"))
        : [String(grid.getDisplayedRowAtIndex(cell.rowIndex).data[cell.column.getColId()] ?? "")];
    event.clipboardData.setData("text/plain", rows.join("\n"));
    event.preventDefault();
  },

  // The stretch of the source that is selected, in code points of its text; null when none is.
  selectedStretch() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [0, 0];
    const range = selection.getRangeAt(0);
    const start = this.placeOf(range.startContainer, range.startOffset);
    const end = this.placeOf(range.endContainer, range.endOffset);
    return start === null || end === null ? [0, 0] : [start, end];
  },
  // The code point of the text at an offset within a node of the source.
  placeOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const line = element.closest(".source-text p");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return Number(line.dataset.start) + Array.from(before.toString()).length;
  },

  // The running number, with a mark for rows that a person should look at.
  numberCell(params) {
    const cell = document.createElement("span");
    cell.textContent = params.value;
    if (params.data.doubt) {
      const mark = document.createElement("span");
      mark.className = "doubt-mark";
      mark.textContent = "?";
      mark.title = params.data.notes;
      cell.append(mark);
    }
    return cell;
  },

  // Types words, or names separated by 、 with those that are known proposed. The cursor stands at the end, so
  // that typing adds. Enter stores, Shift and Enter begins a line.
  WordsEditor: class {
    init(params) {
      this.names = params.proposing === false ? [] : params.context.names;
      this.box = document.createElement("div");
      this.box.className = "names-editor";
      this.input = document.createElement("textarea");
      this.input.rows = params.rows ?? 3;
      this.input.value = params.value ?? "";
      this.input.setAttribute("aria-label", params.colDef.headerName);
      if (params.eventKey && params.eventKey.length === 1) this.input.value = params.eventKey;
      this.list = document.createElement("div");
      this.list.setAttribute("role", "listbox");
      this.box.append(this.input, this.list);
      this.chosen = 0;
      this.input.addEventListener("input", () => this.propose());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
    }
    getGui() {
      return this.box;
    }
    afterGuiAttached() {
      this.input.focus();
      this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    }
    getValue() {
      return this.input.value;
    }
    isPopup() {
      return true;
    }
    word() {
      return this.input.value.slice(0, this.input.selectionStart).split(/[、，,；;\n]/).pop().trim();
    }
    propose() {
      const word = this.word();
      this.proposed = word ? this.fitting(word).slice(0, 8) : [];
      this.chosen = -1;
      this.list.replaceChildren(
        ...this.proposed.map((name) => {
          const item = document.createElement("div");
          item.setAttribute("role", "option");
          item.textContent = name;
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            this.take(name);
          });
          return item;
        }),
      );
      this.keepInView();
    }
    // The grid cuts what hangs over its lower edge: a longer list moves the whole editor up.
    keepInView() {
      this.box.style.transform = "";
      const [own, room] = [this.box, this.box.closest(".ag-root-wrapper")].map((item) => item.getBoundingClientRect());
      const over = Math.min(own.bottom - Math.min(room.bottom, innerHeight) + 4, own.top - room.top);
      if (over > 0) this.box.style.transform = `translateY(${-over}px)`;
    }
    // Names with the word in them; the registry has local units without their level: 县财政 means 财政局 too.
    fitting(word) {
      const fits = this.names.filter((name) => name.includes(word) && name !== word);
      fits.sort((one, other) => other.startsWith(word) - one.startsWith(word));
      const [level, rest] = [word[0], word.slice(1)];
      if (!rest || !"省市县区州旗镇乡".includes(level)) return fits;
      // 厅 are offices of provinces alone.
      const stems = this.names.filter((name) => name.startsWith(rest) && (level === "省" || !name.endsWith("厅")));
      const local = stems.map((name) => level + name);
      return [...new Set([...fits.filter((name) => name.startsWith(level)), ...local, ...fits])];
    }
    take(name) {
      const place = this.input.selectionStart;
      const start = place - this.word().length;
      this.input.setRangeText(name, start, place, "end");
      this.propose();
    }
    pressed(event) {
      const proposed = this.proposed ?? [];
      if (proposed.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.chosen = (this.chosen + step + proposed.length) % proposed.length;
        [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", place === this.chosen));
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Enter" && this.chosen >= 0) {
        this.take(proposed[this.chosen]);
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key.startsWith("Arrow") || (event.key === "Enter" && event.shiftKey)) {
        event.stopPropagation();
      }
    }
  },
});
