// Draws the table of events by year as stacked areas. The table stays; only its fold closes.
"use strict";

(() => {
  const table = document.getElementById("years-table");
  const place = document.getElementById("years-chart");
  if (!table || !place || !window.echarts) return;

  const cells = (row, selector) => [...row.querySelectorAll(selector)];
  const names = cells(table.tHead.rows[0], "th").slice(1).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  const years = rows.map((row) => row.cells[0].textContent.trim());
  const values = names.map((_, column) => rows.map((row) => Number(row.cells[column + 1].dataset.value)));
  const language = document.documentElement.lang;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** A colour of the design system as the chart library can read it. */
  const colour = (name) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = getComputedStyle(document.body).getPropertyValue(name).trim();
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };

  place.hidden = false;
  table.closest("details").open = false;
  const chart = window.echarts.init(place, null, { renderer: "canvas", locale: "EN" });

  const draw = () => {
    const text = colour("--kern-color-layout-text-default");
    const muted = colour("--kern-color-layout-text-muted");
    const line = colour("--kern-color-decorative-border-default");
    const palette = [1, 2, 3, 4, 5, 6].map((number) => colour(`--chart-${number}`));
    const narrow = place.clientWidth < 480;
    chart.setOption(
      {
        animation: !calm,
        color: palette,
        textStyle: { fontFamily: '"Fira Sans", sans-serif', color: text },
        legend: { bottom: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, textStyle: { color: text, fontSize: 14 } },
        grid: { left: 8, right: 16, top: 16, bottom: narrow ? 96 : 56, containLabel: true },
        tooltip: {
          trigger: "axis",
          renderMode: "richText",
          valueFormatter: (value) => Number(value).toLocaleString(language),
        },
        xAxis: {
          type: "category",
          data: years,
          boundaryGap: false,
          axisLine: { lineStyle: { color: line } },
          axisLabel: { color: muted, fontSize: 14 },
        },
        yAxis: {
          type: "value",
          splitLine: { lineStyle: { color: line } },
          axisLabel: { color: muted, fontSize: 14, formatter: (value) => value.toLocaleString(language) },
        },
        series: names.map((name, index) => ({
          name,
          type: "line",
          stack: "all",
          smooth: 0.3,
          showSymbol: false,
          lineStyle: { width: 1.5 },
          areaStyle: { opacity: 0.75 },
          emphasis: { focus: "series" },
          data: values[index],
        })),
      },
      true,
    );
  };

  draw();
  window.addEventListener("resize", () => {
    chart.resize();
    draw();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
