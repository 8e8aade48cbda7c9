// Beside the text of a draft: its outline, examples, what a check found, versions, the preview.
taizhang.DraftSide = class {
  constructor(editor) {
    this.editor = editor;
    this.box = editor.box;
    this.panels = Object.fromEntries([...this.box.querySelectorAll(".side-panel")].map((panel) => [panel.dataset.panel, panel]));
    this.tabs = [...this.box.querySelectorAll(".side-tab")];
    this.tabs.forEach((tab) => tab.addEventListener("click", () => this.open(tab.dataset.panel)));
    this.box.querySelector(".draft-preview").addEventListener("click", () => this.preview());
    this.box.querySelector(".draft-download").addEventListener("click", () => this.download());
    this.outline();
    this.open("examples");
  }

  open(name) {
    this.now = name;
    this.tabs.forEach((tab) => tab.setAttribute("aria-selected", tab.dataset.panel === name));
    Object.entries(this.panels).forEach(([key, panel]) => (panel.hidden = key !== name));
    this[name]();
  }

  sectionEntered() {
    if (this.now === "examples") this.examples();
    this.box.querySelectorAll(".outline-item").forEach((item, place) => item.classList.toggle("current", place === this.editor.section));
  }

  outline() {
    const { editor } = this;
    const box = this.box.querySelector(".draft-outline");
    if (box.contains(document.activeElement) && this.list?.parts === editor.draft.sections) return;
    this.list = new taizhang.OutlineList(box, {
      parts: editor.draft.sections,
      readOnly: editor.readOnly,
      fresh: () => ({ heading: "新的部分", contents: [], paragraphs: [{ kind: "text", statements: [], text: "【待补：这一部分的内容】。" }] }),
      chosen: (place) => {
        editor.section = place;
        editor.text.querySelector(`[data-section="${place}"]`)?.scrollIntoView({ block: "start" });
        this.sectionEntered();
      },
      changed: (how) => {
        editor.draw();
        if (how !== "typed") editor.record();
        editor.changed();
      },
    });
  }

  message(panel, words) {
    this.panels[panel].replaceChildren(taizhang.make("p", { class: "faint side-empty" }, words));
  }

  async examples() {
    const { make } = taizhang;
    const section = this.editor.section;
    this.message("examples", "正在查找…");
    let found;
    try {
      found = await this.editor.ask(`/drafts/${this.editor.id}/examples?section=${section}`);
    } catch (error) {
      return this.message("examples", error.message);
    }
    if (section !== this.editor.section) return;
    if (!found.length) return this.message("examples", "文库中没有找到其他地方的类似做法。");
    const heading = this.editor.draft.sections[section]?.heading || "这一部分";
    this.panels.examples.replaceChildren(
      make("p", { class: "faint side-head" }, `“${heading}”的参考：其他地方怎么做`),
      ...found.map((example) => this.card(example)),
    );
  }

  card(example) {
    const { make } = taizhang;
    const { source } = example;
    const [start, end] = source.span ?? [0, 0];
    const link = make("a", { href: `/documents/${source.document_id}?start=${start}&end=${end}`, target: "_blank" }, source.title ?? "");
    const insert = make("button", { type: "button", class: "card-insert", onclick: () => this.editor.insert(this.paragraph(example)) }, "插入");
    return make("article", { class: "example-card" },
      make("div", { class: "example-place" }, make("b", {}, example.place), ...(this.editor.readOnly ? [] : [insert])),
      make("p", {}, example.original.replace(/(?<![。！？；”）])$/, "…")),
      make("div", { class: "faint" }, link));
  }

  paragraph(example) {
    const text = `【参考：${example.place}】${example.text}。`;
    return { kind: "example", text, statements: [], sources: [example.source] };
  }

  async check() {
    const { make } = taizhang;
    this.message("check", "正在检查…");
    await this.editor.save();
    let found;
    try {
      found = await this.editor.ask(`/drafts/${this.editor.id}/check`);
    } catch (error) {
      return this.message("check", error.message);
    }
    const names = { fact: "事实", format: "格式", example: "参考段落", gap: "待补" };
    const again = make("button", { type: "button", class: "side-button", onclick: () => this.check() }, "重新检查");
    const groups = Object.entries(names).map(([concern, name]) => {
      const items = found.filter((item) => item.concern === concern);
      const list = make("ul", { class: "findings" }, ...items.map((item) => this.finding(item)));
      return make("div", { class: `check-${concern}` }, make("h3", {}, `${name} ${items.length}`), list);
    });
    this.panels.check.replaceChildren(again, ...groups);
  }

  finding(item) {
    const { make } = taizhang;
    const go = () => item.section !== null && this.editor.goTo(item.section, item.paragraph, 0, true);
    return make("li", {}, make("button", { type: "button", class: "finding", onclick: go }, item.message));
  }

  async versions() {
    const { make } = taizhang;
    const { editor } = this;
    const rows = await editor.ask(`/drafts/${editor.id}/versions`);
    const note = make("input", { class: "version-note", placeholder: "说明，如 送审稿", "aria-label": "版本说明", maxlength: 200 });
    const keep = make("button", { type: "button", class: "side-button", onclick: () => this.keep(note.value) }, "保存版本");
    const items = rows.map((row) => {
      const at = new Date(row.at).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
      const compare = make("a", { href: `/drafts/${editor.id}/compare?before=${row.version}`, target: "_blank" }, "与现在比较");
      const back = make("button", { type: "button", class: "version-back", onclick: () => this.bringBack(row.version) }, "恢复");
      const words = `第 ${row.version} 版　${row.note}`;
      return make("li", { class: "version" }, make("b", {}, words), make("span", { class: "faint" }, `${row.by}　${at}`), make("span", {}, compare, "　", ...(editor.readOnly ? [] : [back])));
    });
    this.panels.versions.replaceChildren(...(editor.readOnly ? [] : [make("div", { class: "version-keep" }, note, keep)]), make("ul", { class: "version-list" }, ...items));
  }

  async keep(note) {
    await this.editor.save();
    await this.editor.ask(`/drafts/${this.editor.id}/versions`, { method: "POST", body: JSON.stringify({ note }) });
    this.versions();
  }

  async bringBack(version) {
    await this.editor.save();
    this.editor.take(await this.editor.ask(`/drafts/${this.editor.id}/versions/${version}/restore`, { method: "POST" }));
    this.editor.draw();
    this.editor.record();
    this.outline();
    this.versions();
  }

  async model() {
    const { make } = taizhang;
    const { editor } = this;
    const wish = (name, words) => make("button", { type: "button", class: "side-button", onclick: () => this.propose(name) }, words);
    this.panels.model.replaceChildren(
      make("p", { class: "faint side-head" }, "由本单位设置的语言模型措辞；材料中没有的数字、日期、单位和引文会标为【待核】。"),
      wish("polish", "润色光标所在的段落"), wish("write", "为这一部分写一段"), make("div", { class: "proposal" }));
  }

  async propose(wish) {
    const { make } = taizhang;
    const { editor } = this;
    const box = this.panels.model.querySelector(".proposal");
    const last = editor.lastParagraph;
    const inside = last && Number(last.dataset.s) === editor.section;
    const paragraph = wish === "polish" ? (inside ? Number(last.dataset.p) : 0) : null;
    const section = editor.section;
    box.textContent = "正在措辞…";
    await editor.save();
    try {
      const found = await editor.ask(`/drafts/${editor.id}/word`, { method: "POST", body: JSON.stringify({ section, paragraph, wish }) });
      const text = found.map((item) => item.text).join("");
      const items = editor.draft.sections[section].paragraphs;
      const rest = (paragraph === null ? items : [items[paragraph]]).flatMap((item) => item.statements.flatMap((one) => one.sources));
      const sources = [{ origin: "model", ids: [], section: [] }, ...rest.filter((one) => one.origin !== "template")].slice(0, 100);
      const take = () => (paragraph === null ? editor.insert({ kind: "text", statements: [], text, sources }) : editor.replaceParagraph(section, paragraph, text, sources));
      const shown = make("p", { class: "proposal-text" });
      editor.fill(shown, { kind: "text", text, statements: [] });
      box.replaceChildren(shown, make("button", { type: "button", class: "side-button", onclick: take }, "采用"));
    } catch (error) {
      box.textContent = error.message;
    }
  }

  // The pages as they will look: columns as high as the text of a page, each on a sheet of its own.
  preview() {
    const { make } = taizhang;
    const { editor } = this;
    const flow = make("div", { class: "sheet-flow" }, ...this.lines());
    const sheets = make("div", { class: "sheets" }, flow);
    const close = make("button", { type: "button", class: "preview-close", onclick: () => dialog.close() }, "关闭");
    const dialog = make("dialog", { class: "preview", "aria-label": "预览" }, make("div", { class: "preview-bar" }, make("b", {}, "预览"), make("span", { class: "faint" }, "版心每页22行、每行28字；字体和版记以下载的文件为准"), close), make("div", { class: "preview-body" }, sheets));
    dialog.addEventListener("close", () => dialog.remove());
    editor.box.append(dialog);
    dialog.showModal();
    const pitch = parseFloat(getComputedStyle(flow).columnWidth) + parseFloat(getComputedStyle(flow).columnGap);
    const pages = Math.max(1, Math.round((flow.scrollWidth + parseFloat(getComputedStyle(flow).columnGap)) / pitch));
    for (let page = 0; page < pages; page += 1) sheets.append(make("div", { class: "sheet", style: `left: ${page * pitch}px` }, make("span", { class: page % 2 ? "sheet-number even" : "sheet-number" }, `— ${page + 1} —`)));
    sheets.style.width = `${pages * pitch}px`;
    close.focus();
  }

  lines() {
    const { make } = taizhang;
    const { draft } = this.editor;
    const lines = [make("h1", {}, draft.title)];
    if (draft.recipients) lines.push(make("p", { class: "flush" }, `${draft.recipients}：`));
    let number = 0;
    for (const part of draft.sections) {
      if (part.heading) lines.push(make("h2", {}, `${this.editor.numeral(++number)}、${part.heading}`));
      let second = 0;
      for (const item of part.paragraphs) {
        const words = this.editor.wordsOf(item);
        if (item.kind === "heading") lines.push(make("h3", {}, `（${this.editor.numeral(++second)}）${words}`));
        else if (words.trim()) lines.push(make("p", {}, words));
      }
    }
    const day = this.editor.writtenDay(draft.day);
    lines.push(make("p", { class: "sign" }, draft.issuer), make("p", { class: "sign" }, day));
    return lines;
  }

  async download() {
    await this.editor.save();
    const sources = this.box.querySelector(".draft-sources").value;
    location.assign(`/api/drafts/${this.editor.id}/file?sources=${sources}`);
  }
};
