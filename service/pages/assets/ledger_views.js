// Views of the narrowed rows: by unit, month, document, leader; a calendar of due days; charts.
Object.assign(taizhang, {
  shownRows() {
    const rows = [];
    getElement(this.ledger.grid).api.forEachNodeAfterFilterAndSort((node) => rows.push(node.data));
    return rows;
  },
  drawView() {
    if (!this.ledger) return;
    const view = this.wanted.view ?? "";
    const show = (element, shown) => element && (element.style.display = shown ? "" : "none");
    show(getHtmlElement(this.ledger.grid), !view);
    show(getHtmlElement(this.ledger.groups), view && view !== "charts");
    show(getHtmlElement(this.ledger.chartsArea), view === "charts");
    show(document.querySelector(".bulk-bar"), !view);
    const columns = document.querySelector(".column-button");
    if (columns) columns.style.visibility = view ? "hidden" : ""; // the buttons beside it stay where they are
    if (!view) return;
    const rows = this.shownRows();
    if (view === "charts") this.drawCharts(rows);
    else if (view === "calendar") this.drawCalendar(getHtmlElement(this.ledger.groups), rows);
    else this.drawGroups(getHtmlElement(this.ledger.groups), view, rows);
  },
  // The groups of a view, by what a click asks for: name, shown words, rows.
  groupsOf(view, rows) {
    const groups = new Map();
    const put = (key, words, row) => {
      if (!groups.has(key)) groups.set(key, { key, words, rows: [] });
      groups.get(key).rows.push(row);
    };
    for (const row of rows) {
      if (view === "unit") (row.acting.length ? row.acting : [""]).forEach((name) => put(name, name || "没有写明单位", row));
      else if (view === "month") put(row.due.slice(0, 7), row.due.slice(0, 7) || "没有时限", row);
      else if (view === "document") put(row.document || "none", row.title || "手工录入", row);
      else put(row.assigned_by, row.assigned_by || "没有登记交办领导", row);
    }
    const found = [...groups.values()];
    if (view === "month") return found.sort((one, other) => (one.key || "9").localeCompare(other.key || "9"));
    const size = (group) => (group.key ? group.rows.length : 0);
    return found.sort((one, other) => size(other) - size(one) || one.words.localeCompare(other.words, "zh"));
  },
  headsOf: { unit: "单位", month: "到期月份", document: "文件", leader: "交办领导" },
  drawGroups(place, view, rows) {
    const table = document.createElement("table");
    table.className = "groups";
    const heads = [this.headsOf[view], "任务", "逾期", "将到期", "正常", "不亮灯", "办结", "逾期完成", "办结率", "平均进度"];
    const head = table.createTHead().insertRow();
    for (const words of heads) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = words;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const group of this.groupsOf(view, rows)) this.groupRow(body.insertRow(), view, group);
    place.replaceChildren(table);
  },
  groupRow(line, view, group) {
    const count = (test) => group.rows.filter(test).length;
    const asked = view === "unit" ? { unit: group.key, role: "acting" } : { [view]: group.key };
    const done = count((row) => this.ended.has(row.status));
    const told = group.rows.filter((row) => row.percent !== null);
    const mean = told.length ? `${Math.round(told.reduce((sum, row) => sum + row.percent, 0) / told.length)}%` : "";
    const numbers = [
      [group.rows.length, {}],
      ...["red", "yellow", "green"].map((colour) => [count((row) => this.hasColour(row, colour)), { colour }]),
      [count((row) => !this.lightOf(row) && !this.ended.has(row.status)), { colour: "none", status: "未办结" }],
      [done, { status: "办结" }],
      [count((row) => row.late), { colour: "late" }],
    ];
    const name = line.insertCell();
    name.append(group.key ? this.chooser(group.words, asked) : group.words);
    for (const [number, more] of numbers) {
      const cell = line.insertCell();
      if (!number || !group.key) cell.textContent = number || "";
      else cell.append(this.chooser(String(number), { ...asked, ...more }, more.colour && `number-${more.colour}`));
    }
    line.insertCell().textContent = `${Math.round((100 * done) / group.rows.length)}%`;
    line.insertCell().textContent = mean;
  },
  // A button that shows the rows it stands for.
  chooser(words, asked, look = "") {
    const button = document.createElement("button");
    button.className = `chooser ${look}`;
    button.textContent = words;
    button.addEventListener("click", () => emitEvent("ledger_choose", asked));
    return button;
  },

  // A month with the tasks due on each day; the first shown is this one, else the next in which something is due.
  drawCalendar(place, rows) {
    const byDay = new Map();
    for (const row of rows) if (row.due) byDay.set(row.due, [...(byDay.get(row.due) ?? []), row]);
    const asked = /^\d{4}-\d{2}/.exec(this.wanted.month ?? "")?.[0];
    this.calendarMonth = asked ?? this.calendarMonth ?? this.today().slice(0, 7);
    const [year, month] = this.calendarMonth.split("-").map(Number);
    const head = document.createElement("div");
    head.className = "calendar-head";
    const turn = (by, words) => {
      const button = document.createElement("button");
      button.className = "chooser";
      button.textContent = words;
      button.addEventListener("click", () => {
        const next = new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 7);
        if (asked) return emitEvent("ledger_ask", { ...this.wanted, ids: null, month: next });
        this.calendarMonth = next;
        this.drawCalendar(place, rows);
      });
      return button;
    };
    const total = rows.filter((row) => row.due.startsWith(this.calendarMonth)).length;
    const title = this.span("calendar-title", `${year} 年 ${month} 月　${total} 项到期`);
    head.append(turn(-1, "上个月"), title, turn(1, "下个月"));
    const table = document.createElement("table");
    table.className = "calendar";
    const names = table.createTHead().insertRow();
    for (const name of "一二三四五六日") {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = `周${name}`;
      names.append(cell);
    }
    this.fillMonth(table.createTBody(), year, month, byDay);
    place.replaceChildren(head, table);
  },
  fillMonth(body, year, month, byDay) {
    const first = new Date(Date.UTC(year, month - 1, 1));
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    let week = body.insertRow();
    for (let blank = (first.getUTCDay() + 6) % 7; blank > 0; blank -= 1) week.insertCell();
    for (let day = 1; day <= days; day += 1) {
      if (week.cells.length === 7) week = body.insertRow();
      const name = `${this.calendarMonth}-${String(day).padStart(2, "0")}`;
      const cell = week.insertCell();
      cell.classList.toggle("calendar-today", name === this.today());
      const due = byDay.get(name) ?? [];
      cell.append(this.span("calendar-day", String(day)));
      if (due.length) cell.append(this.chooser(`${due.length} 项`, { month: name }, "calendar-count"));
      for (const row of due.slice(0, 2)) {
        const line = this.span(`calendar-task light-${this.lightOf(row) || "none"}`, row.text);
        line.title = row.text;
        cell.append(line);
      }
    }
    while (week.cells.length < 7) week.insertCell();
  },
  today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  },

  // Charts of the rows; a click shows the rows that it stands for.
  drawCharts(rows) {
    const { months, units, statuses, overdue } = this.ledger.charts;
    this.drawChart(months, this.monthChart(rows), (event) => ({ month: event.name }));
    this.drawChart(units, this.unitChart(rows), (event) => ({ unit: event.name, role: "acting" }));
    this.drawChart(statuses, this.statusChart(rows), (event) => ({ status: event.name }));
    this.drawChart(overdue, this.overdueChart(rows), () => ({ colour: "red" }));
  },
  drawChart(id, options, asked) {
    this.whenThere(
      () => getElement(id)?.chart,
      (chart) => {
        chart.setOption(options, { replaceMerge: ["series", "xAxis", "yAxis"] });
        chart.off("click");
        chart.on("click", (event) => emitEvent("ledger_choose", asked(event)));
        chart.resize();
      },
    );
  },
  tint(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#8a97a5";
  },
  bars(name, data, colour) {
    return { name, type: "bar", stack: "all", data, itemStyle: { color: colour } };
  },
  frame: { legend: { top: 0, right: 4, itemWidth: 12, itemHeight: 10 }, tooltip: { trigger: "axis" } },
  monthChart(rows) {
    const from = `${Number(this.today().slice(0, 4)) - 1}-01`;
    const groups = this.groupsOf("month", rows).filter((group) => group.key >= from).slice(0, 24);
    const counts = (test) => groups.map((group) => group.rows.filter(test).length);
    return {
      ...this.frame,
      grid: { left: 34, right: 10, top: 28, bottom: 24 },
      xAxis: { type: "category", data: groups.map((group) => group.key) },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        this.bars("逾期", counts((row) => this.hasColour(row, "red")), this.tint("red")),
        this.bars("将到期", counts((row) => this.hasColour(row, "yellow")), this.tint("yellow")),
        this.bars("正常", counts((row) => this.hasColour(row, "green")), this.tint("green")),
        this.bars("办结或不亮灯", counts((row) => !this.lightOf(row)), "#8a97a5"),
      ],
    };
  },
  unitChart(rows) {
    const groups = this.groupsOf("unit", rows).filter((group) => group.key).slice(0, 12).reverse();
    const counts = (test) => groups.map((group) => group.rows.filter(test).length);
    const done = (row) => this.ended.has(row.status);
    return {
      ...this.frame,
      grid: { left: 150, right: 14, top: 28, bottom: 22 },
      xAxis: { type: "value", minInterval: 1 },
      yAxis: { type: "category", data: groups.map((group) => group.key), axisLabel: { interval: 0, width: 140, overflow: "truncate" } },
      series: [
        this.bars("办结", counts(done), "#2f7d4f"),
        this.bars("未办结", counts((row) => !done(row) && row.colour !== "red"), "#1d4f91"),
        this.bars("逾期", counts((row) => this.hasColour(row, "red")), this.tint("red")),
      ],
    };
  },
  statusChart(rows) {
    const order = ["未启动", "进行中", "已延期", "已完成", "已销号", "已回头看"];
    const names = [...new Set([...order, ...rows.map((row) => row.status)])];
    const data = names.map((name) => ({ name, value: rows.filter((row) => row.status === name).length }));
    return {
      color: ["#8a97a5", "#1d4f91", "#d9a21b", "#2f7d4f", "#16603a", "#0a5f7d", "#5b6b7b"],
      tooltip: { trigger: "item" },
      xAxis: [],
      yAxis: [],
      series: [
        {
          type: "pie",
          radius: ["42%", "68%"],
          center: ["50%", "54%"],
          data: data.filter((item) => item.value),
          label: { formatter: "{b} {c}" },
        },
      ],
    };
  },
  // How many rows stood overdue at the end of each of the last twelve months.
  overdueChart(rows) {
    const [year, month] = this.today().split("-").map(Number);
    const ends = Array.from({ length: 12 }, (_, place) =>
      new Date(Date.UTC(year, month - 11 + place, 0)).toISOString().slice(0, 10),
    );
    ends[11] = this.today();
    const stood = (row, day) =>
      row.due && row.due < day && row.status !== "已取消" && (this.ended.has(row.status) ? row.done_on > day : true);
    return {
      tooltip: { trigger: "axis" },
      grid: { left: 34, right: 10, top: 16, bottom: 24 },
      xAxis: { type: "category", data: ends.map((day) => day.slice(0, 7)) },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        {
          name: "逾期未完成",
          type: "line",
          areaStyle: { opacity: 0.15 },
          itemStyle: { color: this.tint("red") },
          data: ends.map((day) => rows.filter((row) => stood(row, day)).length),
        },
      ],
    };
  },
});
