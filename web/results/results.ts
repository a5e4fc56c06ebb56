// What the Results page does besides being read: the theme, and the list of keys.
import '../common/carry.js';
import { keepOffline, startOffline } from '../common/offline.js';
import { createShortcuts } from '../common/shortcuts.js';
import { createTheme } from '../common/theme.js';

const theme = createTheme(() => {});
createShortcuts([{ key: 't', cap: 'T', title: 'Theme', run: theme.next }]);

await startOffline();
await keepOffline();
