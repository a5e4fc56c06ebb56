// The list of pages: folded away where it would stand above the text.
const narrow = matchMedia('(max-width: 900px)');

export function createContents() {
  const contents = document.querySelector<HTMLDetailsElement>('.contents');
  const fold = () => contents?.toggleAttribute('open', !narrow.matches);
  narrow.addEventListener('change', fold);
  fold();
}
