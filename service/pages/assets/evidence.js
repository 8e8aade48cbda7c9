// The link between the marked source text and the grid beside it: a click on either side shows the other.
window.taizhang = {
  // Colour every mark of the ledger row `task` and bring the first one into view.
  showEvidence(task) {
    document.querySelectorAll(".source-text .chosen").forEach((mark) => mark.classList.remove("chosen"));
    const marks = document.querySelectorAll(`.source-text [data-task="${task}"]`);
    marks.forEach((mark) => mark.classList.add("chosen"));
    if (marks.length) marks[0].scrollIntoView({ block: "center" });
  },
  // Bring the first stretch that a search found into view.
  showFound() {
    const found = document.querySelector(".source-text .mark-found");
    if (found) found.scrollIntoView({ block: "center" });
  },
};
// "/" puts the cursor into the search box, as people know it from other systems.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  const box = document.querySelector(".search-box input");
  if (event.key === "/" && !typing && box) {
    event.preventDefault();
    box.focus();
  }
});
