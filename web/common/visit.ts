// What lasts as long as the visit: photos, and a network that the browser cannot keep. For that the site goes on in a frame over the page
// that holds it, so that all pages that are opened there find it too; left or loaded again, it is gone.
import { make } from './dom.js';
import type { OwnModel } from './own_models.js';
import type { OwnPhoto } from './own_photos.js';

interface Visit {
  photos: Map<string, OwnPhoto>;
  model?: OwnModel;
}

interface Holder {
  smoothgradVisit?: Visit;
}

/** In the frame the page around it; a page of another site that has ours in a frame is none of ours. */
function around(): Visit | undefined {
  try {
    return (globalThis.parent as (Window & Holder) | undefined)?.smoothgradVisit;
  } catch {
    return undefined;
  }
}

const outer = around();

/** Objects of another window are none of this one's classes: hence copies. */
export const visit: Readonly<Visit> = outer ? structuredClone(outer) : { photos: new Map() };

/** Opens this address, which names the model. */
export function visitWith(model: OwnModel, address: string): void {
  if (outer) {
    outer.model = model;
    location.assign(address);
    return;
  }
  Object.assign<typeof globalThis, Holder>(globalThis, { smoothgradVisit: { photos: visit.photos, model } });
  const frame = make('iframe', { src: address, title: document.title, className: 'visit' });
  document.body.replaceChildren(frame);
  frame.focus();
}
