// A sheet thrown onto the pile: a copy of one picture flies to where another is. Nothing of it for who wants no motion.
import { byId } from '../common/dom.js';

const flightMs = 420;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Resolves when it has landed. */
export async function throwOnto(from: string, onto: string): Promise<void> {
  const source = byId<HTMLCanvasElement>(from);
  const box = source.parentElement;
  if (calm.matches || !box) return;
  const sheet = source.cloneNode() as HTMLCanvasElement;
  sheet.removeAttribute('id');
  sheet.removeAttribute('role');
  sheet.removeAttribute('aria-label');
  sheet.setAttribute('aria-hidden', 'true');
  sheet.className = 'sheet';
  sheet.getContext('2d')?.drawImage(source, 0, 0);
  box.append(sheet);
  const [a, b] = [source.getBoundingClientRect(), byId(onto).getBoundingClientRect()];
  const flight = sheet.animate(
    [
      { transform: 'none', opacity: 1 },
      { transform: `translate(${b.left - a.left}px, ${b.top - a.top}px) scale(${b.width / a.width})`, opacity: 0.75 },
    ],
    { duration: flightMs, easing: 'cubic-bezier(0.5, 0, 0.2, 1)' },
  );
  await flight.finished.catch(() => {});
  sheet.remove();
}
