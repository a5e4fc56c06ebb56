// Light, dark, or as the system has it.
import { byId } from './dom.js';
import { text } from './texts.js';

type Theme = 'system' | 'light' | 'dark';
const themes: readonly { name: Theme; sign: string; title: string }[] = [
  { name: 'system', sign: '◐', title: text('theme.system') },
  { name: 'light', sign: '○', title: text('theme.light') },
  { name: 'dark', sign: '●', title: text('theme.dark') },
];

function remember(theme: Theme) {
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Without storage it lasts until the page is closed.
  }
}

export function createTheme(repaint: () => void): { next: () => void } {
  const button = byId('theme');
  const root = document.documentElement;
  let at = Math.max(
    0,
    themes.findIndex(({ name }) => name === root.dataset.theme),
  );
  const apply = () => {
    const { name, sign, title } = themes[at] as (typeof themes)[number];
    if (name === 'system') delete root.dataset.theme;
    else root.dataset.theme = name;
    button.textContent = sign;
    button.title = title;
    button.setAttribute('aria-label', title);
    repaint();
  };
  const next = () => {
    at = (at + 1) % themes.length;
    apply();
    remember((themes[at] as (typeof themes)[number]).name);
  };
  button.addEventListener('click', next);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  apply();
  return { next };
}
