// Windows over the page: the cursor stands in the first box, Enter confirms, a slip of the mouse loses nothing.
Object.assign(taizhang, {
  // The boxes of a window that words are typed into.
  boxesOf(dialog) {
    const boxes = dialog.querySelectorAll("input:not([type=checkbox], [type=radio], [type=file]), textarea");
    return [...boxes].filter((box) => !box.readOnly && !box.disabled);
  },
  // Whether somebody has typed into the window since it came up.
  isTypedInto(dialog) {
    return dialog.dataset.typed === "yes" && this.boxesOf(dialog).some((box) => box.value);
  },
});
// Quasar gives the focus to the window itself.
document.addEventListener("focusin", (event) => {
  if (!event.target.matches(".q-dialog__inner")) return;
  if (event.target.dataset.entered) return;
  event.target.dataset.entered = "yes";
  taizhang.putTypedBack(event.target.closest(".q-dialog"));
  const choice = event.target.querySelector(".q-select__focus-target");
  const box = taizhang.boxesOf(event.target)[0];
  const first = choice?.compareDocumentPosition(box ?? choice) & Node.DOCUMENT_POSITION_FOLLOWING ? choice : box;
  (first ?? choice)?.focus();
});
document.addEventListener("input", (event) => {
  const dialog = event.target.closest(".q-dialog");
  if (dialog) dialog.dataset.typed = "yes";
});
// A click beside the window closes it, but not over words that were typed.
for (const kind of ["mousedown", "click", "touchstart"]) {
  document.addEventListener(
    kind,
    (event) => {
      const beside = event.target.matches?.(".q-dialog__backdrop") && event.target.closest(".q-dialog");
      if (beside && taizhang.isTypedInto(beside)) event.stopPropagation();
    },
    true,
  );
}
// Enter in a box of one line confirms a form; not while a word is put together or a list is open.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !event.target.matches("input")) return;
  if (event.target.closest(".q-select") || document.querySelector(".q-menu")) return;
  const done = event.target.closest(".q-dialog")?.querySelector(".form-done");
  if (done) {
    event.preventDefault();
    event.target.blur(); // what was typed last reaches the form first
    done.click();
  }
});
// A page that is loaded anew, because the server was restarted or the connection was lost, takes its windows away.
// What stood in one is put back when the same window is opened again.
Object.assign(taizhang, {
  typedKey(dialog) {
    return `taizhang-typed ${location.pathname} ${dialog.querySelector(".dialog-title")?.textContent ?? ""}`;
  },
  keepTyped() {
    for (const dialog of document.querySelectorAll(".q-dialog")) {
      if (!this.isTypedInto(dialog)) continue;
      const boxes = this.boxesOf(dialog).filter((box) => box.type !== "password");
      const words = Object.fromEntries(boxes.map((box) => [box.getAttribute("aria-label"), box.value]));
      sessionStorage.setItem(this.typedKey(dialog), JSON.stringify(words));
    }
  },
  putTypedBack(dialog) {
    const words = JSON.parse(sessionStorage.getItem(this.typedKey(dialog)) ?? "{}");
    sessionStorage.removeItem(this.typedKey(dialog));
    for (const box of this.boxesOf(dialog)) {
      const typed = words[box.getAttribute("aria-label")];
      if (!typed || box.value) continue;
      box.value = typed;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  },
});
addEventListener("pagehide", () => taizhang.keepTyped());
