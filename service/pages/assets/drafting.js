// The text of a draft: typed by paragraphs, saved by itself, every sentence with its trace.
taizhang.Drafting = class {
  static AWAY = "没有连上服务器，连上后自动保存";

  static start(box, options) {
    if (!document.getElementById(box)) return setTimeout(() => this.start(box, options), 30);
    taizhang.drafting = new this(document.getElementById(box), options);
  }

  constructor(box, { id, readOnly, model }) {
    Object.assign(this, { box, id, readOnly, model });
    this.text = box.querySelector(".draft-text");
    this.trace = box.querySelector(".draft-trace");
    this.status = box.querySelector(".draft-status");
    this.section = 0;
    this.history = [];
    this.at = -1;
    this.wire();
    this.load();
    addEventListener("pagehide", () => this.keepUnsaved());
  }

  // Talking with the server

  async ask(path, options = {}) {
    const headers = options.body ? { "Content-Type": "application/json" } : {};
    const reply = await fetch(`/api${path}`, { ...options, headers }).catch(() => {
      throw new Error(taizhang.Drafting.AWAY);
    });
    const body = reply.status === 204 ? null : await reply.json();
    if (!reply.ok) throw new Error(body?.detail ?? "没有成功，请稍后再试。");
    return body;
  }

  async load() {
    this.take(await this.ask(`/drafts/${this.id}`));
    this.section = Math.max(0, this.draft.sections.findIndex((part) => part.heading));
    this.kept = this.linesOf(this.body());
    this.draw();
    this.record();
    this.side = new taizhang.DraftSide(this);
    this.say(this.readOnly ? "只读" : "已保存");
    this.takeUnsaved();
  }

  // What is not saved yet when the page goes, because the server was restarted, is taken up by the next one.
  keepUnsaved() {
    if (!taizhang.unsaved || this.readOnly) return;
    const kept = { ...this.body(), sending: Boolean(this.saving) };
    sessionStorage.setItem(`taizhang-draft ${this.id}`, JSON.stringify(kept));
  }

  takeUnsaved() {
    const kept = JSON.parse(sessionStorage.getItem(`taizhang-draft ${this.id}`) ?? "null");
    sessionStorage.removeItem(`taizhang-draft ${this.id}`);
    // One save may have reached the server without our hearing of it; more of them are somebody else's.
    if (!kept || this.readOnly || this.revision - kept.revision > Number(kept.sending)) return;
    const { title, recipients, issuer, sections } = kept;
    sections.forEach((part) => part.paragraphs.forEach((item) => (item.statements = [])));
    Object.assign(this.draft, { title, recipients, issuer, sections });
    this.draw();
    this.changed();
  }

  take(draft) {
    this.draft = draft;
    this.revision = draft.revision;
  }

  // What the server is to keep.
  body() {
    const { title, recipients, issuer, sections } = this.draft;
    const paragraph = (item) => ({
      kind: item.kind,
      text: this.wordsOf(item),
      sources: item.sources ?? [],
    });
    return {
      revision: this.revision, title, recipients, issuer,
      sections: sections.map((part) => ({ heading: part.heading, contents: part.contents, paragraphs: part.paragraphs.map(paragraph) })),
    };
  }

  changed() {
    if (this.readOnly) return;
    taizhang.unsaved = true;
    this.say("未保存");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 700);
  }

  // Save what was typed; one after the other, so that the last word wins.
  async save() {
    clearTimeout(this.timer);
    if (this.readOnly || this.refused) return;
    this.record();
    if (this.saving) {
      this.again = true;
      return this.saving;
    }
    this.saving = this.send();
    await this.saving;
    this.saving = null;
    if (this.again) {
      this.again = false;
      await this.save();
    }
  }

  async send() {
    const sent = JSON.stringify(this.body());
    this.say("正在保存…");
    try {
      const kept = await this.ask(`/drafts/${this.id}`, { method: "PUT", body: sent });
      this.revision = kept.revision;
      this.kept = this.linesOf(JSON.parse(sent));
      if (JSON.stringify({ ...this.body(), revision: 0 }) === JSON.stringify({ ...JSON.parse(sent), revision: 0 })) {
        this.takeTraces(kept);
        taizhang.unsaved = false;
        this.say("已保存");
      }
    } catch (error) {
      this.say(error.message, true);
      if (error.message.includes("重新打开")) this.giveWay();
      if (error.message === taizhang.Drafting.AWAY) this.timer = setTimeout(() => this.save(), 3000);
    }
  }

  linesOf({ title, recipients, issuer, sections }) {
    const parts = sections.flatMap((part) => [part.heading, ...part.paragraphs.map((item) => item.text)]);
    return [title, recipients, issuer, ...parts];
  }

  // The draft was changed elsewhere, so nothing more is saved from here: nobody types into the void, and what was
  // typed since can be taken along.
  giveWay() {
    this.refused = this.readOnly = true;
    taizhang.unsaved = false;
    const { make } = taizhang;
    const kept = new Set(this.kept);
    const words = this.linesOf(this.body()).filter((line) => line && !kept.has(line)).join("\n");
    const button = (name, onclick) => make("button", { type: "button", class: "side-button", onclick }, name);
    const area = make("textarea", { readonly: "", rows: 10, "aria-label": "没有保存的段落" }, words);
    const copy = () => {
      area.select();
      document.execCommand("copy"); // the newer way is shut on pages that come without https
    };
    const dialog = make(
      "dialog",
      { class: "give-way", "aria-label": "没有保存的段落" },
      make("b", {}, "这份文稿刚在别处被改过"),
      make("p", {}, "下面是您改过、还没有保存的段落。复制下来，打开最新的文稿后粘贴进去。"),
      area,
      make("div", { class: "give-way-buttons" }, button("复制", copy), button("打开最新的文稿", () => location.reload())),
    );
    this.box.append(dialog);
    this.draw();
    dialog.showModal();
  }

  // The server tells what each typed sentence rests on.
  takeTraces(kept) {
    kept.sections.forEach((part, s) => part.paragraphs.forEach((item, p) => {
      const mine = this.draft.sections[s].paragraphs[p];
      const before = JSON.stringify(mine.statements);
      Object.assign(mine, { kind: item.kind, statements: item.statements, text: undefined });
      const element = this.element(s, p);
      if (element && before !== JSON.stringify(item.statements) && element !== document.activeElement) this.fill(element, mine);
    }));
  }

  say(words, bad = false) {
    this.status.textContent = words;
    this.status.classList.toggle("bad", bad);
  }

  // Undo: whole texts, as a draft has only some dozen pages.

  snapshot() {
    const { title, recipients, issuer, sections } = this.draft;
    return JSON.stringify({ title, recipients, issuer, sections });
  }

  record() {
    const now = this.snapshot();
    if (this.history[this.at] === now) return;
    const same = this.at >= 0 && this.plain(this.history[this.at]) === this.plain(now);
    if (same) {
      this.history[this.at] = now;
      return;
    }
    this.history = [...this.history.slice(0, this.at + 1), now].slice(-200);
    this.at = this.history.length - 1;
    this.nameSteps();
  }

  // A snapshot without its traces: what a person sees.
  plain(snapshot) {
    const draft = JSON.parse(snapshot);
    const parts = draft.sections.map((part) => [part.heading, part.contents, part.paragraphs.map((item) => [item.kind, this.wordsOf(item)])]);
    return JSON.stringify([draft.title, draft.recipients, draft.issuer, parts]);
  }

  step(by) {
    this.record();
    const target = this.at + by;
    if (target < 0 || target >= this.history.length) return;
    this.at = target;
    Object.assign(this.draft, JSON.parse(this.history[target]));
    this.draw();
    this.side?.outline();
    this.nameSteps();
    this.changed();
  }

  nameSteps() {
    this.box.querySelector(".draft-undo").disabled = this.at <= 0;
    this.box.querySelector(".draft-redo").disabled = this.at >= this.history.length - 1;
  }

  // Showing

  wordsOf(item) {
    return item.text ?? item.statements.map((one) => one.text).join("");
  }

  draw() {
    const { make } = taizhang;
    const draft = this.draft;
    const parts = [this.field("title", "draft-title", "标题"), this.field("recipients", "draft-recipients", "主送机关")];
    let number = 0;
    draft.sections.forEach((part, s) => {
      const box = make("section", { class: "draft-section", "data-section": s });
      if (part.heading) box.append(make("h2", { class: "draft-heading" }, `${this.numeral(++number)}、`, this.heading(part)));
      let second = 0;
      part.paragraphs.forEach((item, p) => {
        const element = this.paragraph(item, s, p);
        if (item.kind === "heading") element.dataset.number = `（${this.numeral(++second)}）`;
        box.append(element);
      });
      parts.push(box);
    });
    parts.push(this.field("issuer", "draft-issuer", "署名机关"), make("p", { class: "draft-day" }, this.writtenDay(draft.day)));
    this.text.replaceChildren(...parts);
  }

  numeral(number) {
    const digits = "零一二三四五六七八九";
    const [tens, ones] = [Math.floor(number / 10), number % 10];
    return (tens ? (tens > 1 ? digits[tens] : "") + "十" : "") + (ones || !tens ? digits[ones] : "");
  }

  writtenDay(day) {
    const [year, month, date] = (day ?? "").split("-").map(Number);
    return year ? `${year}年${month}月${date}日` : "";
  }

  editable(tag, attributes, words) {
    const element = taizhang.make(tag, { role: "textbox", spellcheck: "false", ...attributes });
    if (!this.readOnly) element.setAttribute("contenteditable", "plaintext-only");
    else element.setAttribute("aria-readonly", "true");
    element.textContent = words;
    return element;
  }

  field(name, look, label) {
    const element = this.editable("div", { class: look, "aria-label": label, "data-placeholder": label }, this.draft[name]);
    element.addEventListener("input", () => {
      this.draft[name] = element.textContent.replace(/\s+/g, " ").trim();
      this.changed();
    });
    return element;
  }

  heading(part) {
    const element = this.editable("span", { class: "draft-heading-words", "aria-label": "标题" }, part.heading);
    element.addEventListener("input", () => {
      part.heading = element.textContent.trim();
      this.side?.outline();
      this.changed();
    });
    return element;
  }

  paragraph(item, s, p) {
    const element = this.editable("div", { class: `para para-${item.kind}`, "aria-label": `第 ${s + 1} 部分第 ${p + 1} 段`, "data-s": s, "data-p": p }, "");
    this.fill(element, item);
    return element;
  }

  fill(element, item) {
    const { make } = taizhang;
    element.className = `para para-${item.kind}`;
    const statements = item.text === undefined ? item.statements : [{ text: item.text, sources: [] }];
    element.replaceChildren(...statements.map((one, at) => {
      const span = make("span", { class: `st st-${one.sources[0]?.origin ?? "author"}`, "data-at": at });
      span.append(...one.text.split(/(【[^】]*】)/).filter(Boolean).map((words) => (words.startsWith("【") ? make("mark", { class: words.startsWith("【待核") ? "doubt" : "gap" }, words) : words)));
      return span;
    }));
  }

  element(s, p) {
    return this.text.querySelector(`.para[data-s="${s}"][data-p="${p}"]`);
  }

  // Typing

  wire() {
    this.text.addEventListener("input", (event) => this.typed(event));
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("mouseover", (event) => this.hover(event));
    this.text.addEventListener("mouseleave", () => {
      clearTimeout(this.resting);
      this.showTrace(this.pinned);
    });
    this.text.addEventListener("focusin", (event) => this.entered(event));
    this.text.addEventListener("focusout", (event) => this.left(event));
    document.addEventListener("selectionchange", () => this.pin());
    this.box.addEventListener("keydown", (event) => this.shortcut(event));
    this.box.querySelector(".draft-undo").addEventListener("click", () => this.step(-1));
    this.box.querySelector(".draft-redo").addEventListener("click", () => this.step(1));
  }

  shortcut(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      this.step(key === "y" || event.shiftKey ? 1 : -1);
    } else if (key === "s") {
      event.preventDefault();
      this.save();
    }
  }

  placeOf(element) {
    return [Number(element.dataset.s), Number(element.dataset.p)];
  }

  typed(event) {
    const element = event.target.closest(".para");
    if (!element) return;
    const [s, p] = this.placeOf(element);
    this.draft.sections[s].paragraphs[p].text = element.textContent.replace(/\n/g, "");
    this.changed();
  }

  left(event) {
    const element = event.target.closest(".para");
    if (!element) return;
    const [s, p] = this.placeOf(element);
    const item = this.draft.sections[s]?.paragraphs[p];
    if (item && item.text === undefined) this.fill(element, item);
  }

  entered(event) {
    const part = event.target.closest(".draft-section");
    if (!part || Number(part.dataset.section) === this.section) return;
    this.section = Number(part.dataset.section);
    this.side?.sectionEntered();
  }

  // Where the cursor stands, in characters of the paragraph.
  cursor(element) {
    const range = getSelection().getRangeAt(0).cloneRange();
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return before.toString().length;
  }

  pressed(event) {
    const element = event.target.closest(".para");
    if (!element || this.readOnly || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.split(element);
    } else if (event.key === "Backspace" && getSelection().isCollapsed && this.cursor(element) === 0) {
      event.preventDefault();
      this.join(element);
    }
  }

  split(element) {
    const [s, p] = this.placeOf(element);
    const words = element.textContent;
    const at = this.cursor(element);
    this.record();
    const items = this.draft.sections[s].paragraphs;
    const kind = items[p].kind === "heading" ? "heading" : "text";
    items.splice(p, 1, { kind, statements: [], text: words.slice(0, at) }, { kind: "text", statements: [], text: words.slice(at) });
    this.redraw(s, p + 1, 0);
  }

  join(element) {
    const [s, p] = this.placeOf(element);
    if (p === 0) return;
    this.record();
    const items = this.draft.sections[s].paragraphs;
    const before = this.wordsOf(items[p - 1]);
    items.splice(p - 1, 2, { kind: items[p - 1].kind, statements: [], text: before + element.textContent });
    this.redraw(s, p - 1, before.length);
  }

  // Show the text anew after its paragraphs changed, and put the cursor where it belongs.
  redraw(s, p, at) {
    this.draw();
    this.goTo(s, p, at);
    this.changed();
  }

  goTo(s, p, at = 0, flash = false) {
    const element = p === null ? this.text.querySelector(`[data-section="${s}"]`) : this.element(s, p);
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    if (flash) {
      element.classList.add("flash");
      setTimeout(() => element.classList.remove("flash"), 1600);
    }
    if (p === null) return;
    element.focus({ preventScroll: true });
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && at > node.length) {
      at -= node.length;
      node = walker.nextNode();
    }
    if (node) getSelection().collapse(node, Math.min(at, node.length));
  }

  // Put a paragraph below the one with the cursor, else at the end of its section.
  insert(item) {
    const element = document.activeElement.closest?.(".para") ?? this.lastParagraph;
    const items = this.draft.sections[this.section].paragraphs;
    const inside = element && Number(element.dataset.s) === this.section;
    const place = inside ? Number(element.dataset.p) + 1 : items.length;
    this.record();
    items.splice(place, 0, item);
    this.redraw(this.section, place, 0);
  }

  replaceParagraph(s, p, text, sources) {
    this.record();
    const item = this.draft.sections[s].paragraphs[p];
    this.draft.sections[s].paragraphs[p] = { kind: item.kind, statements: [], text, sources };
    this.redraw(s, p, 0);
  }

  removeParagraph(s, p) {
    this.record();
    this.draft.sections[s].paragraphs.splice(p, 1);
    this.redraw(s, Math.max(0, p - 1), 0);
  }

  // Traces

  statementAt(element) {
    const part = element?.closest?.(".st");
    const para = part?.closest(".para");
    if (!para) return null;
    const [s, p] = this.placeOf(para);
    const item = this.draft.sections[s]?.paragraphs[p];
    return item?.text === undefined ? item?.statements[Number(part.dataset.at)] : null;
  }

  // Only where the mouse rests: on its way down to the sources it passes over other sentences.
  hover(event) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(event), 150);
  }

  rest(event) {
    const statement = this.statementAt(event.target);
    this.text.querySelectorAll(".st.hovered").forEach((part) => part.classList.remove("hovered"));
    if (!statement) return;
    event.target.closest(".st").classList.add("hovered");
    this.showTrace(statement);
  }

  pin() {
    const node = getSelection().anchorNode;
    const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!element || !this.text.contains(element)) return;
    this.lastParagraph = element.closest(".para") ?? this.lastParagraph;
    this.pinned = this.statementAt(element) ?? this.pinned;
    this.showTrace(this.pinned);
  }

  showTrace(statement) {
    if (!statement || this.shown === statement) return;
    this.shown = statement;
    const { make } = taizhang;
    const told = statement.sources.slice(0, 6).map((source) => this.told(source));
    const more = statement.sources.length > 6 ? [make("span", { class: "faint" }, `另有 ${statement.sources.length - 6} 处`)] : [];
    const edited = statement.edited ? [make("span", { class: "trace-edited" }, "人工改过")] : [];
    this.trace.replaceChildren(make("b", {}, "出处　"), ...edited, ...told, ...more);
  }

  told(source) {
    const { make } = taizhang;
    const names = { template: "行文用语", unknown: "待补，没有材料", author: "人工撰写", model: "语言模型措辞" };
    if (source.origin === "count") return this.counted(source.ids);
    if (!source.document_id && source.origin === "row") return this.counted(source.ids, "手工录入的任务");
    if (!source.document_id) return make("span", { class: "trace-item" }, names[source.origin] ?? "台账");
    const [start, end] = source.span ?? [0, 0];
    const row = source.origin === "row" ? `&task=${source.ids[0]}` : "";
    const place = source.span ? `?start=${start}&end=${end}${row}` : "";
    const kind = { row: "台账", example: "参考", document: "文件" }[source.origin];
    const words = [kind, source.title && `《${source.title}》`, ...source.section, source.note && `（${source.note}）`].filter(Boolean).join(" ");
    return make("a", { class: "trace-item", href: `/documents/${source.document_id}${place}`, target: "_blank", title: source.quote ?? "" }, words);
  }

  // The rows that a figure counts, to be looked at in the ledger; more of them than an address can hold are only told.
  counted(ids, words = `台账 ${ids.length} 行的统计`) {
    const { make } = taizhang;
    if (ids.length > 400) return make("span", { class: "trace-item" }, words);
    return make("a", { class: "trace-item", href: `/ledger?rows=${ids.join(",")}`, target: "_blank" }, words);
  }
};
