// The style of <smooth-grad>. Custom properties for the page: surface.ts, whose defaults are those here. System colours follow the
// page's `color-scheme` and a reader's own colours.
import { styles } from './surface.js';

type Style = keyof typeof styles;

/** What the page says, or else the default. */
const from = (name: Style) => `var(${name}, ${styles[name].default})`;

const css = `
:host { display: inline-block; position: relative; inline-size: 320px; max-inline-size: 100%; aspect-ratio: 1; overflow: hidden;
  background: ${from('--smoothgrad-background')}; color: ${from('--smoothgrad-color')}; font: ${from('--smoothgrad-font')};
  border-radius: ${from('--smoothgrad-radius')}; contain: content; }
:host([hidden]) { display: none; }
:host(:focus-visible) { outline: 2px solid ${from('--smoothgrad-accent')}; outline-offset: 2px; }
.frame, canvas, img, .frame > slot { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; }
canvas, img { object-fit: cover; }
canvas { opacity: 0; transition: opacity 160ms; }
img { filter: grayscale(1); opacity: .45; }
img:not([src]), [hidden] { display: none !important; }
.drawn canvas { opacity: 1; }
.frame > slot { display: block; overflow: auto; }
.drawn > slot { display: none; }
.frame.waiting:not(.drawn)::after { content: ''; position: absolute; inset: 0; animation: breathe 1.6s ease-in-out infinite alternate;
  background: linear-gradient(120deg, transparent 20%, rgb(255 255 255 / .12) 50%, transparent 80%); }
@keyframes breathe { from { opacity: .2 } to { opacity: 1 } }
.bar { position: absolute; inset: auto 0 0; block-size: 3px; transform-origin: left; transform: scaleX(0);
  background: ${from('--smoothgrad-accent')}; opacity: 0; transition: opacity 400ms; }
:is(.running, .loading) .bar { opacity: 1; }
.controls { position: absolute; inset: auto 0 0; display: flex; align-items: center; gap: 8px; padding: 6px 8px 9px;
  background: linear-gradient(transparent, ${from('--smoothgrad-shade')}); color: ${from('--smoothgrad-shade-color')}; }
.caption { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
.key { position: absolute; inset: 8px 8px auto auto; inline-size: min(50%, 168px); padding: 6px 8px 4px; border-radius: 6px;
  box-sizing: border-box; background: ${from('--smoothgrad-shade')}; color: ${from('--smoothgrad-shade-color')};
  font-size: 12px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.ramp { block-size: 8px; }
.key p { display: flex; justify-content: space-between; gap: 8px; margin: 3px 0 0; }
.message { position: absolute; inset: auto 8px 8px; padding: 10px 12px; border-radius: 8px; overflow-wrap: anywhere;
  background: #fff4f2; background: light-dark(#fff4f2, #401713); color: #6d1109; color: light-dark(#6d1109, #ffdad4);
  box-shadow: 0 2px 12px rgb(0 0 0 / .4); }
button { font: inherit; color: inherit; border: 1px solid currentColor; border-radius: 6px; background: none; padding: 3px 10px;
  cursor: pointer; }
.message button { margin-block-start: 8px; display: block; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { .frame.waiting:not(.drawn)::after { animation: none; } canvas, .bar { transition: none; } }
@media (forced-colors: active) {
  :host { outline: 1px solid CanvasText; }
  :host(:focus-visible) { outline: 3px solid Highlight; }
  .bar { forced-color-adjust: none; background: Highlight; }
  :is(.controls, .key) { background: Canvas; color: CanvasText; }
  .ramp { forced-color-adjust: none; }
  .message { border: 1px solid CanvasText; }
}
@media print {
  :host { aspect-ratio: auto; overflow: visible; contain: none; background: none; color: #000; break-inside: avoid; }
  .frame { position: static; display: flex; flex-direction: column; }
  canvas, img, .frame > slot { position: static; flex: 0 1 auto; min-block-size: 0; block-size: auto; object-fit: contain; }
  .frame:not(.drawn) canvas, .drawn img, .bar, button, ::slotted([slot=controls]) { display: none !important; }
  .controls { position: static; padding: 4px 0 0; background: none; color: #000; }
  .key { position: static; inline-size: auto; padding: 6px 0 0; background: none; color: #000; print-color-adjust: exact; }
  .caption { overflow: visible; white-space: normal; }
  .message { position: static; border: 1px solid; background: none; color: #000; box-shadow: none; }
}
`;

let sheet: CSSStyleSheet | undefined;

/** One for all elements of a page. */
export function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
