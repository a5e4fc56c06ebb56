// The documentation: its live examples, its search; each part is a file of its own.
import '../common/carry.js';
import { byId } from '../common/dom.js';
import { isolate } from '../common/isolate.js';
import { keepOffline } from '../common/offline.js';
import { credits } from '../common/sample_photos.js';
import { createShortcuts } from '../common/shortcuts.js';
import { createTheme } from '../common/theme.js';
import { createContents } from './contents.js';
import { createCopying } from './copying.js';
import { createRunning } from './running.js';
import { createSearch } from './search.js';

const theme = createTheme(() => {});
const search = createSearch();
createContents();
createCopying();
createShortcuts([
  { key: '/', cap: '/', title: 'Search the documentation', run: search.open },
  { key: 't', cap: 'T', title: 'Theme', run: theme.next },
]);
byId('credits').textContent = credits();

// The text is there to be read meanwhile; only what computes waits.
await isolate();
createRunning();
await import('smoothgrad/element');
if (document.getElementById('gallery')) await (await import('./gallery.js')).createGallery();
void keepOffline();
