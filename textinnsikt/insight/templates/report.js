"use strict";
(() => {
  const step = 24;
  const form = document.querySelector(".filters");
  const more = document.querySelector(".more");
  const items = [...document.querySelectorAll(".quotes li[data-tema]")];
  let room = step;
  const draw = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    const hits = items.filter((item) => wanted.every(([key, value]) => item.dataset[key] === value));
    const shown = new Set(hits.slice(0, room));
    items.forEach((item) => { item.hidden = !shown.has(item); });
    more.hidden = shown.size === hits.length;
    const text = hits.length === 0 ? "Ingen sitater passer." : `Viser ${shown.size} av ${hits.length} sitater.`;
    form.querySelector(".status").textContent = text;
  };
  if (items.length) {
    form.hidden = false;
    form.addEventListener("change", () => { room = step; draw(); });
    form.addEventListener("reset", () => setTimeout(() => { room = step; draw(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => { room += step; draw(); });
    // One quote of each theme and value in turn, so that the first screen shows them all.
    const turns = new Map();
    const order = items.map((item, place) => {
      const cell = `${item.dataset.tema} ${item.dataset.verdi}`;
      turns.set(cell, (turns.get(cell) ?? -1) + 1);
      return { item, place, turn: turns.get(cell) };
    });
    order.sort((a, b) => a.turn - b.turn || a.place - b.place);
    items.splice(0, items.length, ...order.map(({ item }) => item));
    items.forEach((item) => item.parentNode.append(item));
    draw();
  }
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.dataset.fixed !== undefined) return;
      const button = document.createElement("button");
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
        const compare = (a, b) => {
          const [x, y] = [value(a), value(b)];
          if (x === "" || y === "") return (x === "") - (y === "");
          const order = isNaN(x) || isNaN(y) ? x.localeCompare(y, "nb") : x - y;
          return down ? -order : order;
        };
        body.append(...[...body.rows].sort(compare));
      });
    });
  }
  const map = document.getElementById("kart");
  if (map) {
    const data = JSON.parse(document.getElementById("kart-data").textContent);
    const picker = document.getElementById("kart-gruppe");
    const said = document.getElementById("kart-setning");
    const names = new Map([...picker.options].map((option) => [option.value, option.textContent]));
    const drawings = [...map.querySelectorAll("svg")].map((svg) => {
      const dots = [...svg.querySelectorAll(".punkter_marks circle")];
      return { svg, dots, places: dots.map((dot) => [dot.cx.baseVal.value, dot.cy.baseVal.value]) };
    });
    const wanted = (at) => !picker.value || String(data[at][0]) === picker.value;
    let last = -1;
    const show = (at) => {
      if (at === last) return;
      for (const { dots } of drawings) {
        dots[last]?.classList.remove("on");
        dots[at].classList.add("on");
      }
      last = at;
      const group = document.createElement("b");
      group.textContent = names.get(String(data[at][0])) ?? "";
      said.replaceChildren(group, data[at][1]);
    };
    for (const { svg, dots, places } of drawings) {
      svg.addEventListener("pointermove", (event) => {
        const matrix = dots[0].getScreenCTM();
        const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
        let best = -1;
        let least = (16 / matrix.a) ** 2;
        places.forEach(([x, y], at) => {
          const far = (x - spot.x) ** 2 + (y - spot.y) ** 2;
          if (far < least && wanted(at)) { least = far; best = at; }
        });
        if (best >= 0) show(best);
      });
    }
    picker.addEventListener("change", () => {
      for (const { dots } of drawings) dots.forEach((dot, at) => dot.classList.toggle("off", !wanted(at)));
    });
    document.getElementById("kart-neste").addEventListener("click", () => {
      // A step that shares no factor with the number of sentences, so that every one is reached.
      const places = data.map((_, at) => at).filter(wanted);
      show(places[(places.indexOf(last) + 7) % places.length]);
    });
    said.hidden = false;
    said.textContent = "Pek på en prikk, eller trykk på «Vis en setning».";
    map.querySelector(".picker").hidden = false;
  }
})();
