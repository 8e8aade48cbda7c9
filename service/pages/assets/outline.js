// The outline of a draft: a list of parts that can be dragged, moved by keyboard, renamed, added and deleted.
window.taizhang ??= {};
Object.assign(taizhang, {
  // Build an element from a tag, its attributes and its children; words never become markup.
  make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  },

  OutlineList: class {
    // `parts` are objects with `heading` and `contents`; they are changed in place and told to `changed`.
    constructor(box, { parts, contents, changed = () => {}, fresh, chosen, readOnly = false }) {
      Object.assign(this, { box, parts, contents, changed, chosen, readOnly });
      this.fresh = fresh ?? (() => ({ heading: "新的部分", contents: [] }));
      this.draw();
    }
    draw() {
      const { make } = taizhang;
      this.list = make("ol", { class: "parts-list", "aria-label": "提纲" });
      this.parts.forEach((part, place) => this.list.append(this.item(part, place)));
      const add = make("button", { type: "button", class: "outline-add", onclick: () => this.add() }, "＋ 增加一部分");
      this.box.replaceChildren(this.list, ...(this.readOnly ? [] : [add]));
    }
    item(part, place) {
      const { make } = taizhang;
      const item = make("li", { class: "outline-item", draggable: this.readOnly ? false : "true", "data-place": place });
      item.addEventListener("dragstart", (event) => this.lift(event, place));
      item.addEventListener("dragover", (event) => this.over(event, item));
      item.addEventListener("dragleave", () => item.classList.remove("drop-before"));
      item.addEventListener("drop", (event) => this.drop(event, place));
      const name = make("input", {
        class: "outline-name",
        value: part.heading,
        maxlength: 100,
        "aria-label": `第 ${place + 1} 部分的标题`,
        placeholder: place === 0 ? "（开头，无标题）" : "（无标题）",
        readonly: this.readOnly || null,
        title: part.heading,
      });
      name.addEventListener("input", () => {
        part.heading = name.value;
        this.changed("typed");
      });
      name.addEventListener("focus", () => this.chosen?.(place));
      name.addEventListener("keydown", (event) => this.pressed(event, place));
      const head = make("div", { class: "outline-head" }, make("span", { class: "outline-handle", "aria-hidden": "true" }, "⠿"), name);
      item.append(head);
      if (!this.readOnly) head.append(this.button("↑", "上移", () => this.move(place, -1)), this.button("↓", "下移", () => this.move(place, 1)), this.button("×", "删除这一部分", () => this.remove(place)));
      if (this.contents) item.append(this.choice(part, place));
      return item;
    }
    button(words, tip, action) {
      return taizhang.make("button", { type: "button", class: "outline-button", title: tip, "aria-label": tip, onclick: action }, words);
    }
    choice(part, place) {
      const { make } = taizhang;
      const now = part.contents.join(" ");
      const select = make("select", { class: "outline-choice", "aria-label": `第 ${place + 1} 部分写什么`, disabled: this.readOnly || null });
      const named = part.contents.map((name) => this.contents[name] ?? "固定用语").join("、");
      const options = { "": "自己写", ...this.contents };
      if (!(now in options)) options[now] = [...new Set(named.split("、"))].join("、");
      for (const [value, words] of Object.entries(options)) {
        select.append(make("option", { value, selected: value === now || null }, words));
      }
      select.addEventListener("change", () => {
        part.contents = select.value ? select.value.split(" ") : [];
        this.changed("contents");
      });
      return select;
    }
    pressed(event, place) {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || this.readOnly) return;
      event.preventDefault();
      this.move(place, event.key === "ArrowUp" ? -1 : 1);
    }
    lift(event, place) {
      if (event.target.tagName === "INPUT") return;
      this.lifted = place;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", String(place));
    }
    over(event, item) {
      if (this.lifted === undefined) return;
      event.preventDefault();
      item.classList.add("drop-before");
    }
    drop(event, place) {
      if (this.lifted === undefined) return;
      event.preventDefault();
      const [part] = this.parts.splice(this.lifted, 1);
      this.parts.splice(place, 0, part);
      this.lifted = undefined;
      this.told("moved");
    }
    move(place, step) {
      const target = place + step;
      if (target < 0 || target >= this.parts.length) return;
      const [part] = this.parts.splice(place, 1);
      this.parts.splice(target, 0, part);
      this.told("moved");
      this.list.querySelectorAll(".outline-name")[target].focus();
    }
    add() {
      this.parts.push(this.fresh());
      this.told("added");
      const names = this.list.querySelectorAll(".outline-name");
      names[names.length - 1].select();
    }
    remove(place) {
      if (this.parts.length < 2) return;
      this.parts.splice(place, 1);
      this.told("removed");
    }
    told(how) {
      this.draw();
      this.changed(how);
    }
  },

  // The outline of a draft that is not made yet.
  showOutline(boxId, parts, contents) {
    const box = document.getElementById(boxId);
    if (!box) return setTimeout(() => this.showOutline(boxId, parts, contents), 30);
    this.newOutline = new this.OutlineList(box, { parts, contents });
  },
  outlineParts() {
    return this.newOutline.parts;
  },
});
