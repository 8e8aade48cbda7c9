// Cells of a returned sheet: what the ledger says beside what came back.
Object.assign(taizhang, {
  // What is on view has an address; Back shows what was on view before.
  goToPart(address) {
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
  },
  selectedKeys(gridId) {
    return getElement(gridId).api.getSelectedNodes().map((node) => node.id);
  },
  // All at once, so that one event tells of it.
  selectRows(grid, wanted) {
    const nodes = [];
    grid.forEachNode((node) => wanted(node.data) && nodes.push(node));
    grid.setNodesSelected({ nodes, newValue: true });
  },
  selectOnly(gridId, field) {
    const grid = getElement(gridId).api;
    grid.deselectAll();
    this.selectRows(grid, (row) => row[field]);
  },
  // All units are chosen at first; what was typed before the list came up, or came up anew, narrows it.
  beginChoice(grid) {
    grid.selectAll();
    grid.setGridOption("quickFilterText", document.querySelector(".dispatch-new [aria-label=查找单位]").value);
  },
  // Choose what the words that were typed have left in view.
  selectShown(gridId) {
    const grid = getElement(gridId).api;
    grid.deselectAll();
    const nodes = [];
    grid.forEachNodeAfterFilter((node) => nodes.push(node));
    grid.setNodesSelected({ nodes, newValue: true });
  },
  changeCell(params) {
    const { before, after } = params.value ?? {};
    const cell = document.createElement("div");
    cell.className = "change";
    const part = (tag, words) => {
      const element = document.createElement(tag);
      element.textContent = words;
      cell.append(element);
    };
    if (!after || after === before) {
      part("span", before || "");
      cell.classList.add("change-none");
      return cell;
    }
    if (before) part("del", before);
    part("ins", after);
    return cell;
  },
  warningsCell(params) {
    const cell = document.createElement("div");
    cell.className = "change-warnings";
    for (const words of [params.data.how === "按编号" ? "" : params.data.how, ...(params.value ?? [])].filter(Boolean)) {
      const line = document.createElement("div");
      line.textContent = words;
      cell.append(line);
    }
    return cell;
  },
});
addEventListener("popstate", () => location.pathname === "/dispatch" && location.reload());
