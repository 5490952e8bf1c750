import { nothing, type TemplateResult } from 'lit/html.js';

/** How many more of the parts that lie below others are drawn now. */
let room = Infinity;
let leftOut = 0;
/** Some 200 pixels of them: as much as is left below a view's header. */
const someRows = 5;

/** What is not seen until it is opened: left out of a page's first drawing. */
export function folded(content: () => TemplateResult): TemplateResult | typeof nothing {
  if (room === Infinity) return content();
  leftOut++;
  return nothing;
}

/** A part that lies below others: where those fill the screen, left out of a page's first drawing. */
export function below(content: () => TemplateResult): TemplateResult | typeof nothing {
  if (room === 0) {
    leftOut++;
    return nothing;
  }
  room--;
  return content();
}

/** How many of the rows that a list shows are drawn now: of the part that may be all that the screen has room for, some. */
export function rowsNow(all: number): number {
  if (room > 0 || all <= someRows) return all;
  leftOut++;
  return someRows;
}

/** Draws a page for the first time: what fills the screen now, the rest when that has been painted; `done` is called after it. */
export function drawFirst(draw: () => void, done: () => void): void {
  const { documentElement: page } = document;
  for (let parts = 1; ; parts++) {
    room = parts;
    leftOut = 0;
    draw();
    if (room > 0 || page.scrollHeight > page.clientHeight) break;
  }
  room = Infinity;
  if (leftOut === 0) {
    done();
    return;
  }
  const rest = () => {
    draw();
    done();
  };
  // What is drawn by now is painted after the first callback and before the second.
  requestAnimationFrame(() => setTimeout(rest));
}
