// What all pages share: keys, the bar while the next page comes, what was typed before a reload, counts, copying.
Object.assign(taizhang, {
  // Cells are as large as words of the usual size need; an office that has its words larger has them larger.
  widen(grid) {
    const share = parseFloat(getComputedStyle(document.body).fontSize) / 14;
    if (share > 1) this.enlarge(grid, share);
    this.narrow(grid, share);
  },
  enlarge(grid, share) {
    const columns = grid.getColumns().filter((column) => !column.getColDef().flex);
    grid.setColumnWidths(columns.map((column) => ({ key: column, newWidth: Math.round(column.getActualWidth() * share) })));
    const height = grid.getGridOption("rowHeight");
    if (height) {
      grid.setGridOption("rowHeight", Math.round(height * share));
      grid.resetRowHeights();
    }
  },
  // Where not all columns have room, those that name a least width give way.
  narrow(grid, share) {
    const shown = grid.getAllDisplayedColumns().filter((column) => !column.isPinned());
    const { left, right } = grid.getHorizontalPixelRange();
    const over = shown.reduce((sum, column) => sum + column.getActualWidth(), left - right);
    const giving = shown.filter((column) => column.getColDef().minWidth && !column.getColDef().flex);
    const spare = (column) => Math.max(0, column.getActualWidth() - column.getColDef().minWidth * Math.max(share, 1));
    const all = giving.reduce((sum, column) => sum + spare(column), 0);
    if (over <= 0 || !all) return;
    const part = Math.min(1, over / all);
    const narrower = (column) => Math.floor(column.getActualWidth() - spare(column) * part);
    grid.setColumnWidths(giving.map((column) => ({ key: column, newWidth: narrower(column) })));
  },
  bySound: new Intl.Collator("zh-CN", { numeric: true }),
  // Sorts as people do: names by their sound, numbers within words by their size, what is empty at the end either way.
  blanksLast(one, other, _nodeOne, _nodeOther, descending) {
    const [left, right] = [one, other].map((value) => value === "" || value === null || value === undefined);
    if (left || right) return (left - right) * (descending ? -1 : 1);
    if (typeof one === "number" && typeof other === "number") return one - other;
    return taizhang.bySound.compare(one, other);
  },
  // Narrow a grid that has just come up to what stands in a box by now.
  filterAsTyped(grid, label) {
    grid.setGridOption("quickFilterText", document.querySelector(`[aria-label="${label}"]`)?.value ?? "");
  },
  // How many rows of a grid are shown, of how many.
  tellShown(grid, unit) {
    this.tellEmpty(grid);
    const label = document.querySelector(".shown-count");
    if (!label) return;
    let total = 0;
    grid.forEachNode(() => (total += 1));
    const shown = grid.getDisplayedRowCount();
    label.textContent = shown === total ? `共 ${total} ${unit}` : `共 ${total} ${unit}，找到 ${shown} ${unit}`;
  },
  // Where the server is another machine without a certificate, browsers know only the old way to copy.
  async copyText(words, told = "已复制，可以粘贴到文稿里。") {
    if (navigator.clipboard) await navigator.clipboard.writeText(words);
    else {
      const box = document.createElement("textarea");
      box.value = words;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    Quasar.Notify.create({ type: "positive", message: told });
  },
  // Print the answer without the hits below it.
  printAnswer() {
    document.body.classList.add("only-answer");
    addEventListener("afterprint", () => document.body.classList.remove("only-answer"), { once: true });
    print();
  },
});
// The next page may take a while: say at once that it comes. A download leaves the page where it is.
const LEAVING_MS = 20000;
addEventListener("beforeunload", () => {
  document.body.classList.add("leaving");
  setTimeout(() => document.body.classList.remove("leaving"), LEAVING_MS);
});
addEventListener("pageshow", () => document.body.classList.remove("leaving"));
// Files that are still being sent are lost with the page; ask before it is left.
addEventListener("beforeunload", (event) => {
  if (taizhang.dropTarget === undefined || !window.socket?.connected) return;
  if (taizhang.uploader(taizhang.dropTarget)?.isUploading) event.preventDefault();
});
// `?` opens the help of the page, with its keys; not while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" && event.key !== "？") return;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, [contenteditable=true], .ag-cell-inline-editing, .q-dialog")) return;
  event.preventDefault();
  document.querySelector(".help-button")?.click();
});
// A page that loads itself anew, because the server was restarted, gets back what stood in its search box.
(() => {
  const key = `taizhang-asked ${location.pathname}${location.search}`;
  const box = () => document.querySelector(".search-box textarea");
  addEventListener("pagehide", () => {
    if (box()) sessionStorage.setItem(key, box().value);
  });
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (!kept || performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
  taizhang.whenThere(box, (area) => {
    if (area.value === kept) return;
    area.value = kept;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
