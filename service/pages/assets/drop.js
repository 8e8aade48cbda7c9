// Files come in by the chooser, or dropped anywhere on the page, folders with all that is below them.
Object.assign(taizhang, {
  uploader(id) {
    return getElement(id)?.$refs.qRef;
  },
  chooseFiles(id) {
    this.uploader(id).pickFiles();
  },
  chooseFolder(id) {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.webkitdirectory = true;
    chooser.addEventListener("change", () => {
      this.uploader(id).addFiles([...chooser.files].map((file) => this.named(file, file.webkitRelativePath)));
    });
    chooser.click();
  },
  // The uploader of the page now on view; a page that is left takes its own along.
  dropAnywhere(id) {
    this.dropTarget = id;
  },
  // An upload's name loses every folder on its way; ∕ (not /) keeps them, see `path_of` in drop.py.
  named(file, path) {
    return path && path !== file.name ? new File([file], path.replaceAll("/", "∕"), { type: file.type }) : file;
  },
  async dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map((entry) => this.filesOf(entry)))).flat() : [];
    this.uploader(this.dropTarget).addFiles(files.length ? files : [...transfer.files]);
  },
  // All files of a dropped entry, named by their path within it.
  async filesOf(entry) {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [this.named(file, entry.fullPath.replace(/^\//, ""))];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      found.push(...some);
    }
    return (await Promise.all(found.map((inner) => this.filesOf(inner)))).flat();
  },
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (taizhang.dropTarget === undefined || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop") taizhang.dropped(event.dataTransfer);
  });
}
