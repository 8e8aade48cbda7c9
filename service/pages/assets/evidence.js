// The link between the marked source text and the grid beside it: a click on either side shows the other.
window.taizhang = {
  // The JSON text at an address; the head of a page may have asked for it already. After Back a browser takes what
  // it once got without asking whether that still holds: another address makes it ask.
  async fetched(address) {
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const answer = await fetch(back ? `${address}?again=${Date.now()}` : address);
    if (!answer.ok) {
      Quasar.Notify.create({ type: "negative", message: "内容没有读出来，请刷新页面再试。" });
      throw new Error(`${address}: ${answer.status}`);
    }
    return answer.json();
  },
  // What an element or grid does once it is on the page.
  whenThere(find, act) {
    const found = find();
    if (found) act(found);
    else setTimeout(() => this.whenThere(find, act), 20);
  },
  // Fetch a ledger with its text, and show both.
  async fillEditor(gridId, sourceId, address) {
    const sight = await this.fetched(address);
    this.outline = sight.outline;
    this.fillSource(sourceId, sight.source);
    this.whenThere(
      () => getElement(gridId)?.api,
      (grid) => grid.updateGridOptions({ rowData: sight.rows, context: { names: sight.names }, loading: false }),
    );
  },
  // List the headings in the menu that has just come up.
  fillOutline(elementId) {
    const items = (this.outline ?? []).map(([start, level, words]) => {
      const item = document.createElement("button");
      item.textContent = words;
      item.style.paddingLeft = `${level * 16}px`;
      item.addEventListener("click", () => this.showPlace(start));
      return item;
    });
    getHtmlElement(elementId).replaceChildren(...items);
  },
  // Colour every mark of the ledger row with the key `task` and bring the first one into view; `start` is
  // where the row stands in the text.
  showEvidence(task, start) {
    this.whenFilled(() => {
      if (start !== undefined) this.layOut(this.portionAt(start));
      document.querySelectorAll(".source-text .chosen").forEach((mark) => mark.classList.remove("chosen"));
      const marks = document.querySelectorAll(`.source-text [data-task="${task}"]`);
      marks.forEach((mark) => mark.classList.add("chosen"));
      if (marks.length) this.centre(marks[0]);
    });
  },
  // The cell at `rowIndex` of a grid got the focus: show where its row stands in the text.
  followGrid(gridId, rowIndex) {
    const grid = getElement(gridId).api;
    const row = grid.getDisplayedRowAtIndex(rowIndex);
    if (!row) return;
    // A click chooses by itself, with Ctrl and Shift; the arrow keys do not.
    if (this.byKeyboard && !grid.getEditingCells().length) row.setSelected(true, true);
    this.showEvidence(row.id, row.data.start);
  },
  // A place in the text was clicked: choose the row of the innermost mark there.
  showRow(gridId, place) {
    const mark = place.closest("[data-task]");
    if (!mark || !getSelection().isCollapsed) return;
    const grid = getElement(gridId).api;
    const node = grid.getRowNode(mark.dataset.task);
    if (!node) return;
    node.setSelected(true, true);
    grid.ensureNodeVisible(node, "middle");
    this.showEvidence(mark.dataset.task);
  },

  // A long text is laid out some lines at a time: what is in view at once, the rest when nothing else is to do.
  fillSource(elementId, portions) {
    this.whenThere(
      () => getHtmlElement(elementId),
      (element) => {
        this.portions = portions.map(([start, html]) => {
          const place = document.createElement("div");
          place.className = "portion";
          return { start, html, place };
        });
        element.replaceChildren(...this.portions.map((portion) => portion.place));
        const seen = new IntersectionObserver(
          (entries) => {
            for (const entry of entries.filter((item) => item.isIntersecting)) {
              this.layOut(this.portions.find((portion) => portion.place === entry.target));
            }
          },
          { root: element, rootMargin: "400px" },
        );
        this.portions.forEach((portion) => seen.observe(portion.place));
        if (portions.length) this.layOut(this.portions[0]);
        (this.waiting ?? []).forEach((act) => act());
        this.waiting = null;
        this.layOutRest(element);
      },
    );
  },
  layOut(portion) {
    if (!portion || portion.html === null) return;
    portion.place.innerHTML = portion.html;
    portion.place.classList.add("laid-out");
    portion.html = null;
  },
  layOutRest(element) {
    const next = this.portions.find((portion) => portion.html !== null);
    if (!next || !element.isConnected) return;
    const go = () => {
      this.layOut(next);
      this.layOutRest(element);
    };
    window.requestIdleCallback ? requestIdleCallback(go, { timeout: 2000 }) : setTimeout(go, 50);
  },
  portionAt(start) {
    return this.portions.findLast((portion) => portion.start <= start) ?? this.portions[0];
  },
  // Do something with the text, once it is there.
  whenFilled(act) {
    if (this.portions?.[0]?.place.isConnected) act();
    else (this.waiting ??= []).push(act);
  },
  // Put lines of the text, each a `<p>` with its `data-start`, in the place of those that begin there.
  changeLines(elementId, lines) {
    const fresh = document.createElement("template");
    for (const html of lines) {
      fresh.innerHTML = html;
      const start = Number(fresh.content.firstChild.dataset.start);
      this.layOut(this.portionAt(start));
      getHtmlElement(elementId).querySelector(`p[data-start="${start}"]`)?.replaceWith(fresh.content);
    }
  },
  // Mark the stretch of the text that a search found, in code points, and bring it and its first row into view.
  showFound(gridId, start, end) {
    this.whenFilled(() => {
      const first = this.portions.indexOf(this.portionAt(start));
      const last = this.portions.indexOf(this.portionAt(end - 1));
      this.portions.slice(first, last + 1).forEach((portion) => this.layOut(portion));
      for (const line of document.querySelectorAll(".source-text p")) {
        const from = Number(line.dataset.start);
        if (from < end && from + Array.from(line.textContent).length > start) this.markFound(line, start - from, end - from);
      }
      const found = document.querySelector(".source-text .mark-found");
      if (found) this.centre(found);
      this.showRowOfFound(gridId);
    });
  },
  // Choose the first row that was read from what is marked as found; nothing happens when there is none.
  showRowOfFound(gridId) {
    const pieces = [...document.querySelectorAll(".source-text .mark-found")];
    const mark = pieces.map((piece) => piece.closest("[data-task]")).find(Boolean);
    if (!mark) return;
    this.whenThere(
      () => getElement(gridId)?.api?.getRowNode(mark.dataset.task),
      (node) => {
        node.setSelected(true, true);
        if (node.displayed) getElement(gridId).api.ensureNodeVisible(node, "middle");
      },
    );
  },
  // Mark the code points from `start` to `end` of one line.
  markFound(line, start, end) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const pieces = [];
    for (let place = 0; walker.nextNode(); ) {
      const letters = Array.from(walker.currentNode.data);
      pieces.push({ node: walker.currentNode, letters, from: Math.max(start - place, 0), to: end - place });
      place += letters.length;
    }
    for (const { node, letters, from, to } of pieces) {
      const words = letters.slice(from, Math.max(to, 0)).join("");
      if (!words) continue;
      const mark = document.createElement("span");
      mark.className = "mark-found";
      mark.textContent = words;
      node.replaceWith(letters.slice(0, from).join(""), mark, letters.slice(Math.max(to, 0)).join(""));
    }
  },
  // Bring the line with the code point `start` of the text into view.
  showPlace(start) {
    this.whenFilled(() => {
      const portion = this.portionAt(start);
      this.layOut(portion);
      const lines = [...portion.place.querySelectorAll("p")];
      const line = lines.findLast((item) => Number(item.dataset.start) <= start) ?? lines[0];
      document.querySelectorAll(".source-text .found-line").forEach((item) => item.classList.remove("found-line"));
      line.classList.add("found-line");
      this.centre(line);
    });
  },
  // Scroll the text, and never the page around it, until `mark` stands in the middle.
  centre(mark) {
    const text = mark.closest(".source-text");
    // Twice: what lies above may be measured only when it comes near.
    for (let times = 0; times < 2; times += 1) {
      const above = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += above - (text.clientHeight - mark.offsetHeight) / 2;
    }
  },
  // The same for the grid that a CSS selector names.
  filterGridIn(selector, words) {
    const grid = document.querySelector(selector);
    if (grid) this.filterGrid(grid.id.slice(1), words);
  },
  // A title as a link to its document; `textContent` lets no title become markup.
  titleCell(params) {
    const link = document.createElement("a");
    link.href = `/documents/${encodeURIComponent(params.data.key)}`;
    link.textContent = params.value;
    return link;
  },
  // A link to the document whose id the cell holds.
  documentCell(params) {
    const link = document.createElement("a");
    link.href = `/documents/${encodeURIComponent(params.value)}`;
    link.textContent = "看原文";
    return link;
  },
  // Say it where a filter leaves no row: a blank grid looks broken.
  tellEmpty(grid) {
    const empty = !grid.getDisplayedRowCount();
    if (!empty) return grid.hideOverlay();
    const words = "没有符合条件的内容。换个词，或者去掉条件再试。";
    const filtered = grid.isAnyFilterPresent();
    grid.setGridOption("overlayNoRowsTemplate", filtered ? `<span>${words}</span>` : undefined);
    grid.showNoRowsOverlay();
  },
  // Show only the rows of a grid that contain all of `words`, which may be typed before it stands.
  filterGrid(gridId, words) {
    this.whenThere(
      () => getElement(gridId)?.api,
      (grid) => grid.setGridOption("quickFilterText", words ?? ""),
    );
  },
};
for (const kind of ["keydown", "mousedown"]) {
  document.addEventListener(kind, () => (taizhang.byKeyboard = kind === "keydown"), true);
}
// "/" puts the cursor into the box that searches the library or the page, as people know it from other systems.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  const boxes = ".search-box textarea, input[aria-label^=查找], input[aria-label=在台账中查找]";
  const box = document.querySelector(boxes);
  if (event.key === "/" && !typing && box) {
    event.preventDefault();
    box.focus();
  }
});
