// The link between the marked source text and the grid beside it: a click on either side shows the other.
window.taizhang = {
  // Colour every mark of the ledger row with the key `task` and bring the first one into view.
  showEvidence(task) {
    document.querySelectorAll(".source-text .chosen").forEach((mark) => mark.classList.remove("chosen"));
    const marks = document.querySelectorAll(`.source-text [data-task="${task}"]`);
    marks.forEach((mark) => mark.classList.add("chosen"));
    if (marks.length) this.centre(marks[0]);
  },
  // The cell at `rowIndex` of a grid got the focus: show where its row stands in the text.
  followGrid(gridId, rowIndex) {
    const grid = getElement(gridId).api;
    const row = grid.getDisplayedRowAtIndex(rowIndex);
    if (!row) return;
    // A click chooses by itself, with Ctrl and Shift; the arrow keys do not.
    if (this.byKeyboard && !grid.getEditingCells().length) row.setSelected(true, true);
    this.showEvidence(row.id);
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
  // Put the marked text where it is shown.
  showSource(elementId, html) {
    const element = getHtmlElement(elementId);
    if (!element) return setTimeout(() => this.showSource(elementId, html), 30);
    element.innerHTML = html;
  },
  // Bring the first stretch that a search found into view.
  showFound() {
    const found = document.querySelector(".source-text .mark-found");
    if (found) this.centre(found);
  },
  // Bring the line with the code point `start` of the text into view.
  showPlace(start) {
    const lines = [...document.querySelectorAll(".source-text p")];
    const line = lines.findLast((item) => Number(item.dataset.start) <= start);
    if (!line) return;
    lines.forEach((item) => item.classList.toggle("found-line", item === line));
    this.centre(line);
  },
  // Scroll the text, and never the page around it, until `mark` stands in the middle.
  centre(mark) {
    const text = mark.closest(".source-text");
    const above = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += above - (text.clientHeight - mark.offsetHeight) / 2;
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
  // Show only the rows of a grid that contain all of `words`.
  filterGrid(gridId, words) {
    getElement(gridId).api.setGridOption("quickFilterText", words ?? "");
  },
};
for (const kind of ["keydown", "mousedown"]) {
  document.addEventListener(kind, () => (taizhang.byKeyboard = kind === "keydown"), true);
}
// "/" puts the cursor into the search box, as people know it from other systems.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  const box = document.querySelector(".search-box textarea");
  if (event.key === "/" && !typing && box) {
    event.preventDefault();
    box.focus();
  }
});
