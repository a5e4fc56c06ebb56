// What the Results page does besides being read: links with the photo in view, the theme, and the list of keys.
import { withSubject } from '../common/carry.js';
import { keepOffline, startOffline } from '../common/offline.js';
import { createShortcuts } from '../common/shortcuts.js';
import { text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';

const theme = createTheme(() => {});
createShortcuts([{ key: 't', cap: 'T', title: text('key.theme'), run: theme.next }]);

for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-try]')) {
  link.search = withSubject(link.search, location.search, link.pathname);
}

startOffline();
await keepOffline();
