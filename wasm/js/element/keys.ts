// Keys of a <smooth-grad> with controls, while it or what is in it has the focus.
interface Controlled extends HTMLElement {
  readonly controls: boolean;
  toggle(): void;
  step(): void;
  restart(): void;
}

export function listenToKeys(element: Controlled): void {
  const actions: Record<string, () => void> = {
    ' ': () => element.toggle(),
    s: () => element.step(),
    r: () => element.restart(),
  };
  element.addEventListener('keydown', (event) => {
    const onButton = event.composedPath()[0] instanceof HTMLButtonElement && event.key === ' ';
    const action = actions[event.key];
    if (!element.controls || !action || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
}
