// Draws the table of events by year as stacked areas. The table stays; only its fold closes.
"use strict";

(() => {
  const table = document.getElementById("years-table");
  const place = document.getElementById("years-chart");
  if (!table || !place) return;

  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 300;
  const EDGE = { left: 64, right: 16, top: 12, bottom: 32 };
  const language = document.documentElement.lang;
  const headers = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  const years = rows.map((row) => row.cells[0].textContent.trim());
  const values = headers.map((_, column) => rows.map((row) => Number(row.cells[column + 1].dataset.value)));
  const tops = values.map((_, layer) => years.map((_, year) => values.slice(0, layer + 1).reduce((sum, line) => sum + line[year], 0)));
  const most = Math.max(1, ...tops[tops.length - 1]);

  /** An element of the picture. */
  const shape = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    return element;
  };

  /** A round number at least as large: 1, 2 or 5 times a power of ten. */
  const round = (number) => {
    const power = 10 ** Math.floor(Math.log10(number));
    return [1, 2, 5, 10].map((times) => times * power).find((each) => each >= number);
  };

  const draw = () => {
    const width = Math.max(240, place.clientWidth);
    const step = round(most / 4);
    const highest = Math.ceil(most / step) * step;
    const x = (year) => EDGE.left + ((width - EDGE.left - EDGE.right) * (years.length === 1 ? 0.5 : year / (years.length - 1)));
    const y = (value) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * value) / highest;
    const picture = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, class: "years__picture", "aria-hidden": "true", focusable: "false" });
    for (let value = 0; value <= highest; value += step) {
      picture.append(
        shape("line", { class: "years__line", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
        shape("text", { class: "years__text", x: EDGE.left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString(language)),
      );
    }
    tops.forEach((top, layer) => {
      const floor = layer === 0 ? top.map(() => 0) : tops[layer - 1];
      const there = top.map((value, year) => `${x(year)},${y(value)}`);
      const back = floor.map((value, year) => `${x(year)},${y(value)}`).reverse();
      picture.append(shape("polygon", { class: `years__area years__area--${(layer % 6) + 1}`, points: [...there, ...back].join(" ") }));
    });
    const every = Math.max(1, Math.ceil(years.length / Math.floor((width - EDGE.left) / 56)));
    years.forEach((year, index) => {
      if ((years.length - 1 - index) % every === 0) {
        picture.append(shape("text", { class: "years__text", x: x(index), y: HEIGHT - 10, "text-anchor": "middle" }, year));
      }
    });
    place.replaceChildren(picture, legend());
  };

  const legend = () => {
    const list = document.createElement("p");
    list.className = "legend years__legend";
    headers.forEach((name, layer) => {
      const item = document.createElement("span");
      const key = shape("svg", { class: "legend__key", focusable: "false" });
      key.append(shape("rect", { class: `years__area--${(layer % 6) + 1}`, width: "100%", height: "100%" }));
      item.className = "legend__item";
      item.append(key, document.createTextNode(name));
      list.append(item);
    });
    return list;
  };

  place.hidden = false;
  table.closest("details").open = false;
  draw();
  window.addEventListener("resize", draw);
})();
