// What the charts have in common: the page's colours, as they are when a chart is painted, and its font.
import type uPlot from 'uplot';

export const colour = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name);

export const fontFamily = '"Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** An axis of this width (or height), without ticks. */
export const axis = (size: number): uPlot.Axis => ({
  stroke: colour('--ink-2'),
  grid: { stroke: colour('--line'), width: 1 },
  ticks: { show: false },
  font: `11px ${fontFamily}`,
  size,
  gap: 4,
});
